// What the inner parts take, each for one CT header of 263 elements, half of them private.

#include "core/dicom/dicom_file.h"
#include "core/dicom/element_cache.h"
#include "core/edit/merge.h"
#include "core/script/script.h"
#include "core/write/digest.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QTemporaryDir>
#include <benchmark/benchmark.h>

using namespace testing_support;

namespace {

dicom::DataSet header(int instance)
{
    dicom::DataSet image = ctImage(1, 1, instance);
    QString lines = QStringLiteral("(0019,0010) LO ACME\n(0021,0010) LO ACME\n");
    for (int i = 0; i < 120; ++i)
        lines += QStringLiteral("(0019,10%1) LO value %2\n(0021,10%1) DS %2\n")
                     .arg(i, 2, 16, QLatin1Char('0'))
                     .arg(i);
    for (const dicom::ElementPtr& element : dataSet(lines))
        image.set(element);
    image.set(dicom::tags::PixelData, dicom::Vr::OW, QByteArray(512LL * 1024, '\1'));
    return image;
}

/// Files of a series, for as long as it lives.
class Series {
public:
    explicit Series(int count)
    {
        for (int i = 1; i <= count; ++i)
            m_paths << writeFile(m_folder.filePath(QStringLiteral("%1.dcm").arg(i)), dicomBytes(header(i)));
    }

    const QStringList& paths() const { return m_paths; }

    QList<catalog::InstancePtr> instances() const
    {
        dicom::ElementCache cache;
        QList<catalog::InstancePtr> all;
        for (const QString& path : m_paths) {
            all << std::make_shared<const catalog::Instance>(
                catalog::instanceOf(dicom::readFile(path, &cache).value(),
                                    static_cast<catalog::InstanceId>(all.size()), m_folder.path()));
        }
        return all;
    }

private:
    QTemporaryDir m_folder;
    QStringList m_paths;
};

void readDirectly(benchmark::State& state)
{
    const Series series(20);
    dicom::ElementCache cache;
    qsizetype next = 0;
    while (state.KeepRunning())
        benchmark::DoNotOptimize(
            dicom::readFileDirectly(series.paths()[next++ % series.paths().size()], cache));
}
BENCHMARK(readDirectly)->Unit(benchmark::kMicrosecond);

void readByDcmtk(benchmark::State& state)
{
    const Series series(20);
    dicom::ElementCache cache;
    qsizetype next = 0;
    while (state.KeepRunning())
        benchmark::DoNotOptimize(
            dicom::readFileByDcmtk(series.paths()[next++ % series.paths().size()], &cache));
}
BENCHMARK(readByDcmtk)->Unit(benchmark::kMicrosecond);

void mergeAThousand(benchmark::State& state)
{
    const auto instances = Series(1000).instances();
    const std::atomic<bool> cancel = false;
    while (state.KeepRunning()) {
        edit::Evaluator evaluator({"seed"});
        benchmark::DoNotOptimize(edit::merge({instances, {}, {}}, evaluator, cancel));
    }
}
BENCHMARK(mergeAThousand)->Unit(benchmark::kMillisecond);

void runAScript(benchmark::State& state)
{
    const auto parsed = script::parse(QStringLiteral("version \"6.6\"\n(0010,0010) := \"Case 1\"\n"
                                                     "(0020,000D) := hashUID[(0020,000D)]\n"
                                                     "-(0008,0080)\n*/(0010,0020) ?= \"1\"\n"));
    const dicom::DataSet image = header(1);
    while (state.KeepRunning())
        benchmark::DoNotOptimize(script::run(*parsed.script, image, {"seed"}));
}
BENCHMARK(runAScript)->Unit(benchmark::kMicrosecond);

void writeAndVerify(benchmark::State& state)
{
    const Series series(1);
    const auto source = dicom::readFile(series.paths().first()).value();
    dicom::DataSet edited = source.dataSet;
    edited.set(dicom::tags::PatientName, dicom::Vr::PN, "Case^1");
    const dicom::DicomFile file(source, edited);
    const QString target = series.paths().first() + QStringLiteral(".new");
    dicom::Layouts known;
    while (state.KeepRunning()) {
        QFile::remove(target);
        if (!file.write(target) || !file.verify(target, &known))
            state.SkipWithError("not written");
    }
}
BENCHMARK(writeAndVerify)->Unit(benchmark::kMicrosecond);

void digest(benchmark::State& state)
{
    const QByteArray bytes(512LL * 1024, '\1');
    while (state.KeepRunning()) {
        writer::Digest digest;
        digest.add(bytes);
        benchmark::DoNotOptimize(digest.result());
    }
}
BENCHMARK(digest)->Unit(benchmark::kMicrosecond);

} // namespace

int main(int argc, char** argv)
{
    dicom::initialiseLibrary();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
