#include "core/base/worker_thread.h"
#include "core/catalog/scan.h"
#include "tests/support/dicom_bytes.h"

#include <QDir>
#include <QTemporaryDir>
#include <gtest/gtest.h>

#ifdef Q_OS_LINUX
#include <pthread.h>
#include <thread>
#endif

using namespace testing_support;

TEST(WorkerThread, DoesItsWorkBeforeItIsGone)
{
    int done = 0;
    {
        std::vector<WorkerThread> workers;
        workers.emplace_back([&] { done += 1; });
    }
    EXPECT_EQ(done, 1);
}

#ifdef Q_OS_LINUX

namespace {

/// The size that threads get when nobody asks for one: new threads follow the limit of the main stack.
class SmallStacks {
public:
    SmallStacks()
    {
        pthread_getattr_default_np(&m_before);
        pthread_attr_t small;
        pthread_attr_init(&small);
        pthread_attr_setstacksize(&small, size_t{512} * 1024);
        pthread_setattr_default_np(&small);
        pthread_attr_destroy(&small);
    }
    ~SmallStacks()
    {
        pthread_setattr_default_np(&m_before);
        pthread_attr_destroy(&m_before);
    }
    SmallStacks(const SmallStacks&) = delete;
    SmallStacks& operator=(const SmallStacks&) = delete;

private:
    pthread_attr_t m_before;
};

size_t stackOfThisThread()
{
    pthread_attr_t attributes;
    size_t size = 0;
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstacksize(&attributes, &size);
    pthread_attr_destroy(&attributes);
    return size;
}

} // namespace

TEST(WorkerThread, HasAStackOfItsOwnSizeWhateverTheSystemGives)
{
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP()
        << "the thread sanitizer itself needs more than the small stack of the thread to compare with";
#endif
    const SmallStacks small;
    size_t plain = 0;
    size_t own = 0;
    std::thread([&] { plain = stackOfThisThread(); }).join();
    {
        const WorkerThread worker([&] { own = stackOfThisThread(); });
    }
    EXPECT_LT(plain, size_t{1024} * 1024);
    EXPECT_GE(own, WorkerThread::stackSize);
}

TEST(WorkerThread, AFileThatIsNestedToTheLimitOpensWhereStacksAreSmall)
{
    const SmallStacks small;
    const QTemporaryDir folder;
    dicom::DataSet inner = ctImage(1, 1, 1);
    for (int i = 0; i < dicom::ReadLimits{}.nesting - 1; ++i) { // the image holds one level itself
        dicom::DataSet outer;
        outer.set(dicom::Element::make(dicom::Tag{0x0040, 0xA730}, {inner}));
        inner = outer;
    }
    writeFile(folder.filePath(QStringLiteral("a")), dicomBytes(inner));
    int loaded = 0;
    catalog::scan({folder.path()}, {}, false, [&](const catalog::ScanBatch& batch) {
        loaded += static_cast<int>(batch.instances().size());
    });
    EXPECT_EQ(loaded, 1);
}

#endif
