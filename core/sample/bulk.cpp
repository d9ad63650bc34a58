#include "core/sample/study.h"

#include "core/sample/file.h"
#include "core/sample/instance.h"
#include "core/sample/texts.h"

#include <QDir>

#include <QtEndian>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace sample {

using dicom::DataSet;
using dicom::Vr;

namespace {

/// Private blocks as a GE scanner writes them: last two digits of the element and VR.
struct Block {
    quint32 group;
    const char* creator;
    const char* elements;
};

constexpr Block blocks[] = {
    {0x0009, "GEMS_IDEN_01", "01LO 02SH 04SH 1AUS 20US 27SL 30SH 31SH E6SH E7UL E8UL E9SL"},
    {0x0011, "GEMS_PATI_01", "10SS"},
    {0x0019, "GEMS_ACQU_01",
     "02SL 03DS 04DS 0EUS 0FDS 11SS 12SS 13SS 14SS 15SS 16SS 17SS 18LO 19DS 1ALO 1BDS 1EDS 20DS 22DS 23DS "
     "24DS"},
    {0x0021, "GEMS_RELA_01",
     "03SS 05SH 07UL 15US 16SS 18SH 19UL 20DS 35SS 36SS 37SS 4ALO 4EUS 4FSS 50SS 51DS 52DS 53DS"},
    {0x0023, "GEMS_STDY_01", "01SL 02SL 10SS 50SS 70FD 74SL 7DSS"},
    {0x0025, "GEMS_SERS_01", "06SS 07SL 10SL 11SS 14SL 17SL 18SL 19SL 1ASH"},
    {0x0027, "GEMS_IMAG_01",
     "06SL 10SS 1CSL 1DSS 1ESL 1FSL 20SS 30SH 31SS 32SS 33SL 35SS 36SL 40SH 41FL 42FL"},
    {0x0043, "GEMS_PARM_01",
     "01SS 02SS 03SS 04SS 05SS 06SS 07SS 08SS 09SS 0ASS 0BDS 0CDS 0DDS 0EDS 0FDS 10US 11US 12SS 13SS 14SS "
     "15SS 16SS 17DS 18DS 19SS 1ASL"},
    {0x0045, "GEMS_HELIOS_01", "01SS 02SS 03FL 04FL 06SS 07SS 08SS 09SS 0AFL 0BFL 0CSS 0DSS"},
};

/// What a CT image of these makers holds beyond the short list of texts::ctSeries.
const char* const furtherElements = R"(
0008,0012 DA 20190312
0008,0013 TM 101500
0008,0020 DA 20190312
0008,0021 DA 20190312
0008,0022 DA 20190312
0008,0023 DA 20190312
0008,0030 TM 101500
0008,0031 TM 101700
0008,0050 SH ACC20190312A
0008,0060 CS CT
0008,0080 LO Klinikum Seeblick Konstanz
0008,0081 ST Hafengasse 3, Konstanz
0008,0090 PN Weinberg^Klara
0008,1030 LO CT Thorax
0008,1040 LO Radiologie
0008,1048 PN Schulze^Dieter
0008,1050 PN Schulze^Dieter
0008,1060 PN Schulze^Dieter
0008,1070 PN Adler^Lea
0008,1080 LO Sarkoidose
0010,0010 PN Muster^Erika
0010,0020 LO BENCH-0001
0010,0021 LO SEEBLICK
0010,0030 DA 19590817
0010,0032 TM 0610
0010,0040 CS F
0010,1000 LO ALT-1
0010,1001 PN Muster^Rika
0010,1005 PN Probst^Erika
0010,1010 AS 059Y
0010,1020 DS 1.7
0010,1030 DS 71
0010,1040 LO Lindenweg 1, Konstanz
0010,1060 PN Probst^Anna
0010,2000 LO Asthma
0010,2110 LO Penicillin
0010,2150 LO Deutschland
0010,2154 SH 07531 555333
0010,2160 SH X
0010,2180 SH Lehrerin
0010,21A0 CS NO
0010,21B0 LT Husten
0010,4000 LT keine
0018,1040 LO IV
0018,1041 DS 80
0018,1042 TM 101600
0018,1043 TM 101640
0018,1044 DS 80
0018,1046 DS 2.5
0018,1047 DS 32
0018,1049 DS 370
0018,1170 IS 80
0018,9305 FD 0.5
0018,9306 FD 0.625
0018,9307 FD 40
0018,9309 FD 55
0018,9310 FD 110
0018,9311 FD 1.375
0020,0010 SH 5512
0020,4000 LT ohne Befund
0028,0301 CS NO
0028,1055 LO LUNG
0032,1032 PN Weinberg^Klara
0032,1033 LO Pneumologie
0032,1060 LO CT Thorax
0032,1070 LO Ultravist
0040,0002 DA 20190312
0040,0003 TM 1000
0040,0244 DA 20190312
0040,0245 TM 1015
0040,0253 SH PPS1
0040,0254 LO CT Thorax
0040,0275 SQ
>0040,0007 LO CT Thorax
>0040,0009 SH SPS1
>0040,1001 SH RP1
0088,0140 UI 2.25.4711
)";

QString exampleValue(Vr vr, quint32 tag)
{
    if (vr == Vr::LO || vr == Vr::SH)
        return u"VALUE %1"_s.arg(tag & 0xff);
    return QString::number(tag % 977);
}

void addPrivateBlocks(DataSet& dataSet)
{
    for (const Block& block : blocks) {
        addElement(dataSet, block.group << 16 | 0x10, Vr::LO, QString::fromLatin1(block.creator));
        const auto entries = QString::fromLatin1(block.elements).split(u' ');
        for (const QString& entry : entries) {
            const quint32 tag = block.group << 16 | 0x1000 | entry.left(2).toUInt(nullptr, 16);
            const Vr vr = dicom::parseVr(entry.mid(2)).value_or(Vr::UN);
            addElement(dataSet, tag, vr, exampleValue(vr, tag));
        }
    }
}

struct Place {
    int patient;
    int study;
    int series;
    int image; ///< within its series, from 0
};

QString uidOf(quint64 seed, const char* what, std::initializer_list<int> numbers)
{
    QString text = u"%1/%2"_s.arg(seed).arg(QLatin1StringView(what));
    for (const int number : numbers)
        text += u'/' + QString::number(number);
    return uidFor(text);
}

/// What all images of a series have in common.
DataSet seriesDataSet(const Place& place, quint64 seed, bool withFurtherElements)
{
    DataSet result;
    addElement(result, 0x00080005, Vr::CS, specificCharacterSet(Repertoire::Latin1));
    addElement(result, 0x00080016, Vr::UI, u"1.2.840.10008.5.1.4.1.1.2"_s);
    addText(result, texts::ctSeries, Repertoire::Latin1, {{u"center"_s, u"-600"_s}, {u"width"_s, u"1500"_s}});
    addText(result, furtherElements, Repertoire::Latin1);
    if (withFurtherElements)
        addPrivateBlocks(result);
    addElement(result, 0x00100020, Vr::LO, u"BENCH-%1"_s.arg(padded(place.patient + 1, 4)));
    addElement(result, 0x0008103E, Vr::LO, u"Series %1"_s.arg(place.series + 1));
    addElement(result, 0x00200011, Vr::IS, QString::number(place.series + 1));
    addElement(result, 0x0020000D, Vr::UI, uidOf(seed, "study", {place.patient, place.study}));
    addElement(result, 0x0020000E, Vr::UI, uidOf(seed, "series", {place.patient, place.study, place.series}));
    addElement(result, 0x00200052, Vr::UI, uidOf(seed, "frame", {place.patient, place.study}));
    return result;
}

/// What differs from image to image.
void setImage(DataSet& dataSet, const Place& place, quint64 seed)
{
    const QString time = u"10%1%2.%3"_s.arg(padded(place.image / 60 % 60, 2))
                             .arg(padded(place.image % 60, 2))
                             .arg(padded(place.image % 1000, 3));
    addElement(dataSet, 0x00080018, Vr::UI,
               uidOf(seed, "image", {place.patient, place.study, place.series, place.image}));
    addElement(dataSet, 0x00080032, Vr::TM, time);
    addElement(dataSet, 0x00080033, Vr::TM, time);
    addElement(dataSet, 0x00181151, Vr::IS, QString::number(200 + place.image % 90));
    addElement(dataSet, 0x00200013, Vr::IS, QString::number(place.image + 1));
}

void setPrivateDifferences(DataSet& dataSet, int image)
{
    addElement(dataSet, 0x00271041, Vr::FL, QString::number(image * 0.625));
    addElement(dataSet, 0x00271045, Vr::FL, QString::number(image * -0.625));
    addElement(dataSet, 0x00191003, Vr::DS, QString::number(300 + image % 100));
}

/// The picture with the image's number in its first pixels, so that no two are equal.
Picture numbered(const Picture& picture, int number)
{
    Picture result = picture;
    qToLittleEndian(static_cast<quint16>(number & 0xfff), result.pixels.data());
    qToLittleEndian(static_cast<quint16>(number >> 12 & 0xfff), result.pixels.data() + 2);
    return result;
}

Error unwritable(const QString& folder)
{
    return {Error::Kind::Unwritable, u"the folder cannot be made"_s,
            u"Choose a folder that can be written to"_s, folder};
}

QString folderOf(const QString& folder, const Place& place)
{
    return u"%1/patient %2/study %3/series %4"_s.arg(folder)
        .arg(place.patient + 1)
        .arg(place.study + 1)
        .arg(place.series + 1);
}

struct Plan {
    int size;
    double fieldOfView;
    bool large;
    std::vector<Picture> pictures; ///< taken in turn
};

Outcome writeSeries(const QString& folder, Place place, int images, quint64 seed, const Plan& plan)
{
    const QString target = folderOf(folder, place);
    if (!QDir().mkpath(target))
        return unwritable(target);
    const DataSet common = seriesDataSet(place, seed, plan.large);
    for (place.image = 0; place.image < images; ++place.image) {
        DataSet dataSet = common;
        setImage(dataSet, place, seed);
        setAxialPlane(dataSet, plan.fieldOfView, plan.size, place.image * -0.625);
        if (plan.large)
            setPrivateDifferences(dataSet, place.image);
        const auto& picture = plan.pictures[static_cast<size_t>(place.image) % plan.pictures.size()];
        setPicture(dataSet, numbered(picture, place.image));
        auto outcome = writeFile(u"%1/IM%2.dcm"_s.arg(target, padded(place.image + 1, 5)), dataSet);
        if (!outcome)
            return outcome;
    }
    return Done{};
}

} // namespace

Result<Written> writeCtImages(const QString& folder, int images, quint64 seed)
{
    Plan plan{512, 400, true, {}};
    const int levels = std::min(8, std::max(1, images));
    for (int i = 0; i < levels; ++i)
        plan.pictures.push_back(chestCt(plan.size, 0.1 + 0.1 * i, seed));
    for (int series = 0; series < 4; ++series) {
        const int count = images / 4 + (series < images % 4 ? 1 : 0);
        if (count == 0)
            continue;
        const auto outcome = writeSeries(folder, {0, 0, series, 0}, count, seed, plan);
        if (!outcome)
            return outcome.error();
    }
    return Written{images, 0};
}

Result<Written> writeTinyImages(const QString& folder, int images, quint64 seed)
{
    constexpr int perSeries = 500;
    const Plan plan{64, 400, false, {chestCt(64, 0.5, seed)}};
    for (int first = 0; first < images; first += perSeries) {
        const int series = first / perSeries;
        const Place place{series / 20, series / 10 % 2, series % 10, 0};
        const auto outcome = writeSeries(folder, place, std::min(perSeries, images - first), seed, plan);
        if (!outcome)
            return outcome.error();
    }
    return Written{images, 0};
}

} // namespace sample
