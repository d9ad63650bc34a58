// What others need for the same files: bench_peers read|text FOLDER THREADS prints milliseconds.
//   read: opens each file and reads its first 64 KiB
//   text: DCMTK loads each header and turns every value into text

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QTextStream>
#include <atomic>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/oflog/oflog.h>
#include <thread>
#include <vector>

namespace {

QList<QByteArray> filesBelow(const QString& folder)
{
    QList<QByteArray> paths;
    for (QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories); files.hasNext();)
        paths << QFile::encodeName(files.next());
    return paths;
}

qint64 readBegin(const QByteArray& path)
{
    QFile file(QFile::decodeName(path));
    return file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? file.read(64LL * 1024).size() : 0;
}

qint64 textsOf(DcmItem& item)
{
    qint64 length = 0;
    for (DcmObject* object = item.nextInContainer(nullptr); object; object = item.nextInContainer(object)) {
        if (auto* sequence = dynamic_cast<DcmSequenceOfItems*>(object)) {
            for (DcmObject* inner = sequence->nextInContainer(nullptr); inner;
                 inner = sequence->nextInContainer(inner))
                length += textsOf(static_cast<DcmItem&>(*inner));
        } else if (object->getTag() != DCM_PixelData) {
            OFString text;
            static_cast<DcmElement*>(object)->getOFStringArray(text);
            length += static_cast<qint64>(text.size());
        }
    }
    return length;
}

qint64 loadAsText(const QByteArray& path)
{
    DcmFileFormat file;
    return file.loadFile(path.constData(), EXS_Unknown, EGL_noChange, 65536).good()
        ? textsOf(*file.getDataset())
        : 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4)
        return 2;
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    const auto work = QByteArrayView(argv[1]) == "read" ? readBegin : loadAsText;
    const QList<QByteArray> paths = filesBelow(QFile::decodeName(argv[2]));
    std::atomic<qsizetype> next = 0;
    std::atomic<qint64> bytes = 0;
    QElapsedTimer timer;
    timer.start();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < QByteArray(argv[3]).toInt(); ++i)
            threads.emplace_back([&] {
                for (qsizetype at = next++; at < paths.size(); at = next++)
                    bytes += work(paths[at]);
            });
    }
    QTextStream(stdout) << static_cast<double>(timer.nsecsElapsed()) / 1e6 << Qt::endl;
    return bytes > 0 ? 0 : 1;
}
