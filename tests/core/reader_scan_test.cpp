// What lies in folders besides images: nothing of it stops a scan, and each is told of.

#include "core/catalog/scan.h"
#include "tests/support/corpus.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <algorithm>
#include <gtest/gtest.h>
#include <iostream>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#endif

using namespace catalog;
using namespace testing_support;

namespace {

class ScanFolder : public ::testing::Test {
protected:
    QString at(const QString& name) const { return QDir(m_folder.path()).canonicalPath() + u'/' + name; }
    QString image(const QString& name, int number = 1)
    {
        return writeFile(at(name), dicomBytes(ctImage(1, 1, number)));
    }

    /// What a scan tells, line by line: "file" or "file: reason".
    QStringList scanned(const QStringList& names, const std::function<void()>& onFirstBatch = {})
    {
        QStringList paths;
        for (const QString& name : names)
            paths << at(name);
        QStringList told;
        bool first = true;
        scan(paths, {}, false, [&](const ScanBatch& batch) {
            for (const auto& instance : batch.instances())
                told << relative(instance->path());
            for (const Issue& issue : batch.issues)
                told << relative(issue.path) + QStringLiteral(": ") + issue.reason;
            m_found = batch.found;
            if (onFirstBatch && std::exchange(first, false))
                onFirstBatch();
        });
        told.sort();
        EXPECT_EQ(m_found, told.size()); // every file is accounted for
        return told;
    }

    QString relative(const QString& path) const { return path.mid(at({}).size()); }

    QTemporaryDir m_folder;
    int m_found = 0;
};

/// The bytes of a DICOMDIR whose records refer to these files.
QByteArray dicomDir(const QStringList& fileIds)
{
    QString text =
        QStringLiteral("(0004,1130) CS DISC\n(0004,1220) SQ\n(0004,1220)[0]/(0004,1430) CS PATIENT\n");
    int record = 1;
    for (const QString& id : fileIds) {
        text += QStringLiteral("(0004,1220)[%1]/(0004,1430) CS IMAGE\n").arg(record);
        text += QStringLiteral("(0004,1220)[%1]/(0004,1500) CS %2\n").arg(record++).arg(id);
    }
    return dicomBytes(dataSet(text));
}

const QString isDirectory = QStringLiteral(": is a DICOMDIR, a directory of images");
const QString outside = QStringLiteral(": is listed in a DICOMDIR but lies outside its folder");
const QString missing = QStringLiteral(": is listed in a DICOMDIR but does not exist");

} // namespace

TEST_F(ScanFolder, ADicomDirThatIsOpenedBringsItsImages)
{
    image(QStringLiteral("cd/IMAGES/IM1"), 1);
    image(QStringLiteral("cd/images2/im2.;1"), 2);
    image(QStringLiteral("cd/not-listed"), 3);
    writeFile(at(QStringLiteral("cd/DICOMDIR")),
              dicomDir({QStringLiteral("IMAGES\\IM1"), QStringLiteral("IMAGES2\\IM2"),
                        QStringLiteral("IMAGES\\IM1"), QStringLiteral("IMAGES\\IM9")}));
    EXPECT_EQ(scanned({QStringLiteral("cd/DICOMDIR")}),
              (QStringList{QStringLiteral("cd/DICOMDIR") + isDirectory, QStringLiteral("cd/IMAGES/IM1"),
                           QStringLiteral("cd/IMAGES/IM9") + missing, QStringLiteral("cd/images2/im2.;1")}));
    // In a folder that is opened it is one file among others.
    EXPECT_EQ(scanned({QStringLiteral("cd")}).size(), 4);
}

TEST_F(ScanFolder, ADicomDirReachesNothingOutsideItsFolder)
{
    const QString secret = image(QStringLiteral("secret"));
    image(QStringLiteral("cd/in"));
    QFile::link(secret, at(QStringLiteral("cd/link")));
    QFile::link(at(QStringLiteral("cd/in")), at(QStringLiteral("cd/inner")));
    QFile::link(at({}), at(QStringLiteral("cd/up")));
    writeFile(at(QStringLiteral("cd/DICOMDIR")),
              dicomDir({QStringLiteral("..\\secret"), QStringLiteral("../secret"), secret,
                        QStringLiteral("link"), QStringLiteral("inner"), QStringLiteral("up\\secret")}));
    EXPECT_EQ(scanned({QStringLiteral("cd/DICOMDIR")}),
              (QStringList{QStringLiteral("cd/../secret") + outside, QStringLiteral("cd/../secret") + outside,
                           QStringLiteral("cd/%1").arg(secret) + outside,
                           QStringLiteral("cd/DICOMDIR") + isDirectory, QStringLiteral("cd/inner"),
                           QStringLiteral("cd/link") + outside, QStringLiteral("cd/up/secret") + outside}));
}

TEST_F(ScanFolder, RealDicomDirs)
{
    SKIP_WITHOUT(debianFiles());
    int images = 0;
    int missingImages = 0;
    int directories = 0;
    for (const char* name :
         {"/usr/lib/python3/dist-packages/pydicom/data/test_files/dicomdirtests/DICOMDIR",
          "/usr/lib/python3/dist-packages/pydicom/data/test_files/dicomdirtests/DICOMDIR-bigEnd",
          "/usr/lib/python3/dist-packages/pydicom/data/test_files/dicomdirtests/TINY_ALPHA/DICOMDIR"}) {
        if (!QFileInfo::exists(QString::fromUtf8(name)))
            continue;
        ++directories;
        int found = 0;
        scan({QString::fromUtf8(name)}, {}, false, [&](const ScanBatch& batch) {
            found += static_cast<int>(batch.instances().size());
            missingImages += static_cast<int>(batch.issues.size());
        });
        EXPECT_GT(found, 0) << name;
        images += found;
    }
    EXPECT_EQ(directories, 3);
    std::cout << directories << " real DICOMDIRs: " << images << " images opened, " << missingImages
              << " issues\n";
}

TEST_F(ScanFolder, FoldersNestedAThousandDeep)
{
    QString name = QStringLiteral("in");
    QDir dir(m_folder.path());
    for (int i = 0; i < 1000; ++i)
        name += QStringLiteral("/d");
    image(name + QStringLiteral("/image"));
    EXPECT_EQ(scanned({QStringLiteral("in")}), QStringList{name + QStringLiteral("/image")});
}

TEST_F(ScanFolder, FilesThatVanishWhileTheScanRuns)
{
    constexpr int count = 400;
    for (int i = 0; i < count; ++i)
        image(QStringLiteral("in/%1").arg(i, 3, 10, QLatin1Char('0')), i);
    const QStringList told = scanned({QStringLiteral("in")}, [&] {
        for (int i = 0; i < count; ++i)
            QFile::remove(at(QStringLiteral("in/%1").arg(i, 3, 10, QLatin1Char('0'))));
    });
    EXPECT_GE(told.size(), 100);
}

#ifdef Q_OS_UNIX

namespace {

/// Root may read everything: for a while the tests are somebody else.
class NotRoot {
public:
    NotRoot()
    {
        if (::geteuid() == 0)
            m_changed = ::setresuid(65534, 65534, 0) == 0;
    }
    ~NotRoot()
    {
        if (m_changed && ::setresuid(0, 0, 0) != 0)
            std::abort();
    }
    NotRoot(const NotRoot&) = delete;
    NotRoot& operator=(const NotRoot&) = delete;

private:
    bool m_changed = false;
};

QByteArray bytesOf(const QString& path)
{
    return QFile::encodeName(path);
}

} // namespace

TEST_F(ScanFolder, PipesDevicesAndSocketsBlockNothing)
{
    image(QStringLiteral("in/image"));
    ASSERT_EQ(::mkfifo(bytesOf(at(QStringLiteral("in/pipe"))).constData(), 0600), 0);
    QFile::link(QStringLiteral("/dev/zero"), at(QStringLiteral("in/zero")));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = bytesOf(at(QStringLiteral("in/socket")));
    ASSERT_LT(name.size(), qsizetype{sizeof address.sun_path});
    std::copy(name.begin(), name.end(), address.sun_path);
    ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    const QString odd = QStringLiteral(": is not an ordinary file");
    EXPECT_EQ(scanned({QStringLiteral("in")}),
              (QStringList{QStringLiteral("in/image"), QStringLiteral("in/pipe") + odd,
                           QStringLiteral("in/socket") + odd, QStringLiteral("in/zero") + odd}));
    EXPECT_EQ(scanned({QStringLiteral("in/pipe")}), QStringList{QStringLiteral("in/pipe") + odd});
    ::close(socket);
}

TEST_F(ScanFolder, FoldersAndFilesThatMayNotBeRead)
{
    image(QStringLiteral("in/image"));
    QFile::setPermissions(image(QStringLiteral("in/locked")), {});
    image(QStringLiteral("in/shut/image"));
    image(QStringLiteral("in/unsearchable/image"));
    const QByteArray shut = bytesOf(at(QStringLiteral("in/shut")));
    const QByteArray unsearchable = bytesOf(at(QStringLiteral("in/unsearchable")));
    ::chmod(bytesOf(m_folder.path()).constData(), 0755);
    ::chmod(shut.constData(), 0);
    ::chmod(unsearchable.constData(), 0444);
    QStringList told;
    {
        const NotRoot somebody;
        told = scanned({QStringLiteral("in")});
    }
    ::chmod(shut.constData(), 0755);
    ::chmod(unsearchable.constData(), 0755);
    EXPECT_EQ(
        told,
        (QStringList{
            QStringLiteral("in/image"), QStringLiteral("in/locked: cannot be opened: Permission denied"),
            QStringLiteral("in/shut: the folder cannot be listed: Permission denied"),
            QStringLiteral("in/unsearchable/image: cannot be reached: its folder may not be entered")}));
}

TEST_F(ScanFolder, NamesThatAreNoText)
{
    image(QStringLiteral("in/image"));
    const QByteArray from = bytesOf(image(QStringLiteral("in/other")));
    const QByteArray bad = bytesOf(at(QStringLiteral("in/"))) + "caf\xE9";
    ASSERT_EQ(::rename(from.constData(), bad.constData()), 0);
    ASSERT_EQ(::mkdir((bad + "-folder").constData(), 0700), 0);
    const QString problem = QStringLiteral(": has a name that is not valid text");
    const QString name = QStringLiteral("in/caf") + QChar(QChar::ReplacementCharacter);
    EXPECT_EQ(scanned({QStringLiteral("in")}),
              (QStringList{name + QStringLiteral("-folder") + problem, name + problem,
                           QStringLiteral("in/image")}));
    ::unlink(bad.constData()); // QTemporaryDir would not find them either
    ::rmdir((bad + "-folder").constData());
}

TEST_F(ScanFolder, LinksInACircle)
{
    image(QStringLiteral("in/a/image"));
    QFile::link(at(QStringLiteral("in")), at(QStringLiteral("in/a/again")));
    QFile::link(at(QStringLiteral("in/y")), at(QStringLiteral("in/x")));
    QFile::link(at(QStringLiteral("in/x")), at(QStringLiteral("in/y")));
    EXPECT_EQ(scanned({QStringLiteral("in")}),
              (QStringList{QStringLiteral("in/a/image"), QStringLiteral("in/x: is a link that leads nowhere"),
                           QStringLiteral("in/y: is a link that leads nowhere")}));
}

#endif

TEST_F(ScanFolder, NamesAreKeptToTheCharacter)
{
    // A byte order mark, a name that begins with a blank, letters of one and of two characters.
    const QStringList names{QStringLiteral("\uFEFFx.dcm"), QStringLiteral("x.dcm"),  QStringLiteral(" y"),
                            QStringLiteral("u\u0308"),     QStringLiteral("\u00FC"), QStringLiteral("𝄞.dcm")};
    QStringList expected;
    int number = 0;
    for (const QString& folder :
         {QStringLiteral("in/"), QStringLiteral("in/\uFEFFsub/"), QStringLiteral("in/sub/")})
        for (const QString& name : names) {
            image(folder + name, ++number);
            expected << folder + name;
        }
    expected.sort();
    EXPECT_EQ(scanned({QStringLiteral("in")}), expected);
}

TEST_F(ScanFolder, FilesThatAreReachedInSeveralWaysAreReadOnce)
{
    image(QStringLiteral("cd/A/1"), 1);
    image(QStringLiteral("cd/A/2"), 2);
    writeFile(at(QStringLiteral("cd/DICOMDIR")), dicomDir({QStringLiteral("A\\1"), QStringLiteral("A\\2")}));
    QFile::link(at(QStringLiteral("cd/A/1")), at(QStringLiteral("cd/A/link")));
    QFile::link(at(QStringLiteral("cd/A")), at(QStringLiteral("cd/again")));
    const QStringList opened{QStringLiteral("cd/DICOMDIR"), QStringLiteral("cd/A/2"), QStringLiteral("cd"),
                             QStringLiteral("cd/A"), QStringLiteral("cd/A/1")};
    QStringList order = opened;
    std::sort(order.begin(), order.end());
    do { // in every order, each file comes once
        QStringList told = scanned(order);
        const auto images = std::count_if(told.begin(), told.end(),
                                          [](const QString& line) { return !line.contains(u"DICOMDIR"); });
        EXPECT_EQ(images, 2) << order.join(u' ').toStdString() << " gives " << told.join(u'\n').toStdString();
    } while (std::next_permutation(order.begin(), order.end()));
}
