#include "core/sample/study.h"

#include "core/sample/file.h"
#include "core/sample/instance.h"
#include "core/sample/invented_series.h"
#include "core/sample/texts.h"

#include <QDir>
#include <QFile>

#include <iterator>

using namespace Qt::StringLiterals;

namespace sample {

using dicom::DataSet;
using dicom::Vr;

namespace {

QString asText(const char* utf8)
{
    return QString::fromUtf8(utf8);
}

Picture draw(const Series& series, int index, quint64 seed)
{
    const double place = series.images > 1 ? double(index) / (series.images - 1) : 0.5;
    const double level = 0.1 + 0.8 * place;
    switch (series.drawing) {
    case Drawing::Thorax:
        return chestCt(series.size, level, seed);
    case Drawing::Topogram:
    case Drawing::Radiograph:
        return chestRadiograph(series.size, seed);
    case Drawing::DoseReport:
        return textPage(512, 256,
                        {u"DOSE REPORT"_s,
                         {},
                         u"PATIENT: MUELLER JOERG"_s,
                         u"ID: SRC-4711-0815"_s,
                         u"KLINIKUM SEEBLICK"_s,
                         {},
                         u"SERIES 2   CTDI 8.4 MGY   DLP 301"_s,
                         u"SERIES 3   CTDI 8.1 MGY   DLP 288"_s});
    case Drawing::Echo:
        return heartUltrasound(series.size, series.size * 3 / 4, place,
                               u"MUELLER JOERG 12-04-1967 SRC-4711"_s, seed + static_cast<quint64>(index));
    case Drawing::EchoClip:
        return heartClip(series.size, series.size * 3 / 4, 8, seed);
    case Drawing::HeadT1:
        return headMr(series.size, level, MrContrast::T1, seed);
    case Drawing::HeadT2:
        return headMr(series.size, level, MrContrast::T2, seed);
    case Drawing::HeadFlair:
        break;
    }
    return headMr(series.size, level, MrContrast::Flair, seed);
}

/// The caption of the radiograph as an overlay plane (PS3.3 section C.9.2).
void setOverlay(DataSet& dataSet)
{
    Canvas canvas(256, 24, 0);
    canvas.write(4, 4, 2, u"JOERG MUELLER 1967"_s, 1);
    QByteArray bits(256 * 24 / 8, '\0');
    for (int i = 0; i < 256 * 24; ++i) {
        if (canvas.at(i % 256, i / 256) > 0)
            bits[i / 8] = static_cast<char>(bits[i / 8] | 1 << i % 8);
    }
    addText(dataSet, R"(
6000,0010 US 24
6000,0011 US 256
6000,0040 CS G
6000,0050 SS 20\20
6000,0100 US 1
6000,0102 US 0
)",
            Repertoire::Latin1);
    dataSet.set(dicom::tagOf(0x60003000), Vr::OW, bits);
}

class SeriesWriter {
public:
    SeriesWriter(const Series& series, quint64 seed)
        : m_series(series)
        , m_seed(seed)
    {
        const Study& study = series.study;
        m_variables = {
            {u"name"_s, asText(study.patient.name)},
            {u"shortName"_s, asText(study.patient.name).section(u'=', 0, 1)},
            {u"id"_s, asText(study.patient.id)},
            {u"birth"_s, asText(study.patient.birth)},
            {u"accession"_s, asText(study.accession)},
            {u"physician"_s, asText(study.physician)},
            {u"date"_s, asText(study.date)},
            {u"description"_s, asText(series.description)},
            {u"sopClass"_s, asText(series.sopClass)},
            {u"requestUid"_s, uid(u"request"_s)},
            {u"patientUid"_s, uid(u"patient"_s)},
            {u"referencedSop"_s, sopUid(0)},
            {u"center"_s, series.size == 256 ? u"40"_s : u"-600"_s},
            {u"width"_s, series.size == 256 ? u"400"_s : u"1500"_s},
            {u"repetition"_s, series.drawing == Drawing::HeadT1 ? u"500"_s : u"5200"_s},
            {u"echo"_s, series.drawing == Drawing::HeadT1 ? u"9"_s : u"98"_s},
        };
    }

    Outcome write(const QString& folder)
    {
        const QString target = u"%1/%2/%3 %4"_s.arg(folder, asText(m_series.study.folder))
                                   .arg(m_series.number)
                                   .arg(asText(m_series.description));
        if (!QDir().mkpath(target))
            return Error{Error::Kind::Unwritable, u"the folder cannot be made"_s,
                         u"Choose a folder that can be written to"_s, target};
        for (int i = 0; i < m_series.images; ++i) {
            const auto name = u"%1/IM%2.dcm"_s.arg(target, padded(i + 1, 4));
            const auto outcome = writeFile(name, dataSet(i), m_series.encoding);
            if (!outcome)
                return outcome;
        }
        return Done{};
    }

private:
    QString uid(const QString& what) const
    {
        return uidFor(u"%1/%2/%3"_s.arg(m_seed).arg(asText(m_series.study.accession), what));
    }
    QString sopUid(int index) const { return uid(u"%1/%2"_s.arg(m_series.number).arg(index)); }

    DataSet dataSet(int index)
    {
        m_variables[u"instance"_s] = QString::number(index + 1);
        const Study& study = m_series.study;
        DataSet result;
        addElement(result, 0x00080005, Vr::CS, specificCharacterSet(study.repertoire));
        addText(result, study.text, study.repertoire, m_variables);
        addText(result, study.patient.text, study.repertoire, m_variables);
        addText(result, texts::everywhere, study.repertoire, m_variables);
        for (const char* text : m_series.texts)
            addText(result, text, study.repertoire, m_variables);
        setIdentifiers(result, index);
        setPicture(result, draw(m_series, index, m_seed));
        setPlace(result, index);
        if (m_series.drawing == Drawing::Radiograph)
            setOverlay(result);
        return result;
    }

    void setIdentifiers(DataSet& result, int index) const
    {
        const QString time = u"10%1%2.500"_s.arg(padded(m_series.number % 60, 2)).arg(padded(index % 60, 2));
        addElement(result, 0x00080016, Vr::UI, asText(m_series.sopClass));
        addElement(result, 0x00080018, Vr::UI, sopUid(index));
        addElement(result, 0x00080021, Vr::DA, asText(m_series.study.date));
        addElement(result, 0x00080023, Vr::DA, asText(m_series.study.date));
        addElement(result, 0x00080033, Vr::TM, time);
        addElement(result, 0x00080060, Vr::CS, asText(m_series.modality));
        addElement(result, 0x0008103E, Vr::LO, asText(m_series.description));
        addElement(result, 0x0020000D, Vr::UI, uid(u"study"_s));
        addElement(result, 0x0020000E, Vr::UI, uid(u"series %1"_s.arg(m_series.number)));
        addElement(result, 0x00200011, Vr::IS, QString::number(m_series.number));
        addElement(result, 0x00200013, Vr::IS, QString::number(index + 1));
    }

    void setPlace(DataSet& result, int index) const
    {
        const bool isHead = m_series.drawing >= Drawing::HeadT1;
        const bool isChest = m_series.drawing == Drawing::Thorax || m_series.drawing == Drawing::Topogram;
        if (!isHead && !isChest)
            return;
        setAxialPlane(result, isHead ? 240 : 400, m_series.size, isHead ? index * 6.0 - 40 : index * -5.0);
        addElement(result, 0x00200052, Vr::UI, uid(u"frame"_s));
        if (m_series.drawing == Drawing::Topogram) {
            addElement(result, 0x00080008, Vr::CS, u"ORIGINAL\\PRIMARY\\LOCALIZER"_s);
            addElement(result, 0x00281050, Vr::DS, u"850"_s);
            addElement(result, 0x00281051, Vr::DS, u"3600"_s);
        }
        addElement(result, 0x00080022, Vr::DA, asText(m_series.study.date));
    }

    const Series& m_series;
    quint64 m_seed;
    Variables m_variables;
};

Outcome writeNote(const QString& folder)
{
    QFile file(folder + u"/README.txt"_s);
    if (!file.open(QIODevice::WriteOnly)
        || file.write("Cases for the teaching file. The people in them are invented.\n") < 0)
        return Error{Error::Kind::Unwritable, u"the file cannot be written"_s,
                     u"Choose a folder that can be written to"_s, file.fileName()};
    return Done{};
}

} // namespace

Result<Written> writeStudies(const QString& folder, quint64 seed, int chestImages)
{
    Written written;
    for (const Series& series : allSeries(chestImages)) {
        const auto outcome = SeriesWriter(series, seed).write(folder);
        if (!outcome)
            return outcome.error();
        written.dicomFiles += series.images;
    }
    const auto outcome = writeNote(folder);
    if (!outcome)
        return outcome.error();
    ++written.otherFiles;
    return written;
}

QList<QByteArray> plantedIdentity()
{
    struct Planted {
        const char* text;
        Repertoire repertoire;
    };
    using enum Repertoire;
    static constexpr Planted planted[] = {
        {"Müller", Latin1},
        {"SRC-4711-0815", Latin1},
        {"19670412", Latin1},
        {"Krüger", Latin1},
        {"Lindenstraße", Latin1},
        {"555017", Latin1},
        {"555018", Latin1},
        {"KV-A123456780", Latin1},
        {"ALT-332211", Latin1},
        {"Seeblick", Latin1},
        {"Weinberg", Latin1},
        {"Schäfer", Latin1},
        {"Öztürk", Latin1},
        {"ACC20190312A", Latin1},
        {"ACC20181102B", Latin1},
        {"ACC20190320C", Latin1},
        {"Παπαδόπουλος", LatinAndGreek},
        {"Νικολαΐδη", LatinAndGreek},
        {"Satou", Latin1},
        {"佐藤", Japanese},
        {"花子", Japanese},
        {"はなこ", Japanese},
        {"木下", Japanese},
        {"東京中央病院", Japanese},
        {"佐藤", Utf8},
        {"花子", Utf8},
        {"はなこ", Utf8},
        {"Иванова", Utf8},
        {"TCH-20-118834", Latin1},
        {"19860227", Latin1},
        {"Kinoshita", Latin1},
        {"TCH200504001", Latin1},
        {"VLA210510007", Latin1},
        {"5550 1188", Latin1},
    };
    QList<QByteArray> result;
    for (const Planted& one : planted)
        result.append(encodeText(asText(one.text), one.repertoire));
    return result;
}

} // namespace sample
