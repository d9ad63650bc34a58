#include "core/sample/study.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

struct Request {
    QString folder;
    quint64 seed = 1;
    int chestImages = 12;
    int ct = 0;
    int tiny = 0;
};

int numberOf(const QCommandLineParser& parser, const QString& option, int otherwise, bool& ok)
{
    if (!parser.isSet(option))
        return otherwise;
    bool isNumber = false;
    const int number = parser.value(option).toInt(&isNumber);
    ok = ok && isNumber && number > 0;
    return number;
}

/// Empty folder: the arguments make no sense.
Request parse(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Writes invented DICOM studies into a folder."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"seed"_s, u"Changes UIDs and noise; the same seed gives the same bytes (default 1)."_s, u"N"_s,
         u"1"_s},
        {u"ct-series"_s, u"Images in the series \"Thorax 5mm\" (default 12)."_s, u"N"_s},
        {u"ct"_s, u"Instead: N large CT images in four series, for measurements."_s, u"N"_s},
        {u"tiny"_s, u"Instead: N small images, for measurements."_s, u"N"_s},
    });
    parser.addPositionalArgument(u"FOLDER"_s, u"Where to write; made if it is missing."_s);
    parser.process(application);
    bool ok = false;
    Request request;
    request.seed = parser.value(u"seed"_s).toULongLong(&ok);
    request.chestImages = numberOf(parser, u"ct-series"_s, 12, ok);
    request.ct = numberOf(parser, u"ct"_s, 0, ok);
    request.tiny = numberOf(parser, u"tiny"_s, 0, ok);
    if (ok && parser.positionalArguments().size() == 1)
        request.folder = parser.positionalArguments().constFirst();
    return request;
}

Result<sample::Written> write(const Request& request)
{
    if (request.ct > 0)
        return sample::writeCtImages(request.folder, request.ct, request.seed);
    if (request.tiny > 0)
        return sample::writeTinyImages(request.folder, request.tiny, request.seed);
    return sample::writeStudies(request.folder, request.seed, request.chestImages);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QTextStream errors(stderr);
    const Request request = parse(application);
    if (request.folder.isEmpty()) {
        errors << "Give one folder, and positive numbers to the options; see samplestudy --help.\n";
        return 2;
    }
    const auto written = write(request);
    if (!written) {
        errors << written.error().message() << '\n';
        return 1;
    }
    QTextStream(stdout) << written->dicomFiles << " DICOM files written\n";
    return 0;
}
