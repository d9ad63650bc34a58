#include "core/dicom/dicom_file.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QtEndian>
#include <gtest/gtest.h>

using namespace dicom;
using namespace testing_support;

namespace {

class DicomFileTest : public ::testing::Test {
protected:
    QString at(const QString& name) const { return m_folder.filePath(name); }

    LoadedFile loaded(const QByteArray& bytes)
    {
        auto read = readFile(writeFile(at(QStringLiteral("source")), bytes));
        if (!read)
            qFatal("%s", qPrintable(read.error().message()));
        return std::move(read).value();
    }

    QString written() const { return at(QStringLiteral("written")); }

    QTemporaryDir m_folder;
};

QString told(const Outcome& outcome)
{
    return outcome ? QString() : outcome.error().message();
}

/// Implicit VR, as the file meta information says: a private sequence of unknown creator, which only its
/// undefined length tells from bytes.
QByteArray fileWithUnknownImplicitSequence()
{
    const QByteArray meta =
        dicomBytes(dataSet(QStringLiteral("(0008,0018) UI 1.2.9")), QStringLiteral("1.2.840.10008.1.2"));
    const qsizetype dataSetAt =
        meta.size() - dataSetBytes(dataSet(QStringLiteral("(0008,0018) UI 1.2.9"))).size();
    return meta.first(dataSetAt)
        + QByteArray::fromHex("0800180006000000312e322e3900" // (0008,0018) "1.2.9"
                              "09001000040000004e4f4e45" // (0009,0010) "NONE"
                              "09000110ffffffff" // (0009,1001), a sequence …
                              "feff00e0ffffffff" // … with an item …
                              "1000100004000000446f6520" // … with (0010,0010) "Doe "
                              "feff0de000000000"
                              "feffdde000000000"
                              "100020000200000031 20"); // (0010,0020) "1 "
}

} // namespace

TEST_F(DicomFileTest, SequencesOfUnknownTagsStaySequencesInImplicitVr)
{
    const LoadedFile source = loaded(fileWithUnknownImplicitSequence());
    const QString expected = text(source.dataSet);
    ASSERT_TRUE(expected.contains(u"(0009,1001)[0]/(0010,0010) PN Doe")) << expected.toStdString();
    const DicomFile file(source, source.dataSet);
    EXPECT_EQ(told(file.write(written())), QString());
    EXPECT_EQ(told(file.verify(written())), QString());
    EXPECT_EQ(text(readFile(written())->dataSet), expected);
}

/// The reader goes by another dictionary than the walk that finds long values again: DCMTK's may be older,
/// and takes the blank of a creator for a part of its name.
TEST_F(DicomFileTest, LongValuesInSequencesThatOnlyOneDictionaryKnowsAreWritten)
{
    const auto element = [](quint32 tag, const QByteArray& value) {
        QByteArray bytes(8, '\0');
        qToLittleEndian(static_cast<quint16>(tag >> 16), bytes.data());
        qToLittleEndian(static_cast<quint16>(tag & 0xFFFF), bytes.data() + 2);
        qToLittleEndian(static_cast<quint32>(value.size()), bytes.data() + 4);
        return bytes + value;
    };
    const QByteArray table = QByteArray("table") + QByteArray(131072, '\x5A') + '.';
    const QByteArray items = element(0xFFFEE000, element(0x00283006, table));
    const LoadedFile source =
        loaded(dicomBytes({}, QStringLiteral("1.2.840.10008.1.2")) + element(0x00080018, "1.2.9 ")
               + element(0x00100010, "Doe^Jane")
               + element(0x00283001, items) // Variable Modality LUT Sequence, of 2022
               + element(0x00290010, "SIEMENS MEDCOM HEADER ") + element(0x00291040, items));
    ASSERT_FALSE(source.encoding.explicitVr);
    DataSet edited = source.dataSet;
    edited.set(tags::PatientName, Vr::PN, "Nobody");
    const DicomFile file(source, edited);
    EXPECT_EQ(told(file.write(written())), QString());
    EXPECT_EQ(told(file.verify(written())), QString());
    EXPECT_EQ(readBytes(written()).count("tableZZZZ"), 2);
    EXPECT_FALSE(readBytes(written()).contains("Jane"));
}

TEST_F(DicomFileTest, FileMetaInformationKeepsTheLastUidThatTheDataSetHad)
{
    const LoadedFile source = loaded(dicomBytes(ctImage(1, 1, 1)));
    DataSet edited = source.dataSet;
    edited.remove(tags::SOPInstanceUID);
    const DicomFile file(source, edited);
    EXPECT_EQ(told(file.write(written())), QString());
    EXPECT_EQ(told(file.verify(written())), QString());
    const auto back = readFile(written());
    EXPECT_EQ(back->meta.bytes(tags::MediaStorageSOPInstanceUID), "1.2.9.1.1.1")
        << "type 1, PS3.10 section 7.1";
    EXPECT_FALSE(back->dataSet.contains(tags::SOPInstanceUID));
}

TEST_F(DicomFileTest, OnlyItsOwnerMayReadAFileThatIsNotYetInItsPlace)
{
    const LoadedFile source = loaded(dicomBytes(ctImage(1, 1, 1)));
    ASSERT_TRUE(DicomFile(source, source.dataSet).write(written()).ok());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    EXPECT_FALSE(QFile::permissions(written()) & others);
}

TEST_F(DicomFileTest, NeverWritesOverAFile)
{
    const LoadedFile source = loaded(dicomBytes(ctImage(1, 1, 1)));
    writeFile(written(), "something else");
    EXPECT_FALSE(DicomFile(source, source.dataSet).write(written()).ok());
    EXPECT_EQ(readBytes(written()), "something else");
}

/// A value, a nested one, a sequence and pixel data, in few bytes: each of them is tried.
static QByteArray smallImage()
{
    auto image = dataSet(QStringLiteral("(0008,0018) UI 1.2.9\n(0010,0010) PN Doe^Jane\n"
                                        "(0040,0275)[0]/(0010,0020) LO MRN1"));
    image.set(tags::PixelData, Vr::OW, QByteArray("pixels"));
    return dicomBytes(image);
}

TEST_F(DicomFileTest, EveryByteThatIsDifferentInWhatWasWrittenIsNoticed)
{
    const LoadedFile source = loaded(smallImage());
    const DicomFile file(source, source.dataSet);
    ASSERT_TRUE(file.write(written()).ok());
    const QByteArray good = readBytes(written());
    QList<qsizetype>
        reserved; // two bytes behind a VR of the long form that mean nothing (PS3.5 section 7.1.2)
    const qsizetype dataSet = good.indexOf("DCMBROWSER") + 16;
    for (const qsizetype at : {good.indexOf("OB"), good.indexOf("SQ", dataSet), good.indexOf("OW", dataSet)})
        reserved << at + 2 << at + 3;
    Layouts known; // DCMTK reads the first one, our reader the others
    ASSERT_TRUE(file.verify(written(), &known).ok());
    for (Layouts* layouts : {static_cast<Layouts*>(nullptr), &known}) {
        QList<qsizetype> unnoticed;
        for (qsizetype i = 0; i < good.size(); ++i) {
            QByteArray bad = good;
            bad[i] = static_cast<char>(bad[i] ^ 1);
            if (file.verify(writeFile(written(), bad), layouts))
                unnoticed << i;
        }
        EXPECT_EQ(unnoticed, reserved) << good.size();
    }
}

TEST_F(DicomFileTest, DcmtkReadsEachLayoutBackOnce)
{
    const LoadedFile source = loaded(smallImage());
    DataSet other = source.dataSet;
    other.set(tags::PatientName, Vr::PN, "Somebody^Else ");
    DataSet longer = other;
    longer.set(tags::PatientID, Vr::LO, "1 ");
    EXPECT_EQ(Layouts::of(source.dataSet), Layouts::of(other));
    EXPECT_NE(Layouts::of(source.dataSet), Layouts::of(longer));
    Layouts known;
    for (const DataSet& edited : {source.dataSet, other, longer}) {
        QFile::remove(written());
        const DicomFile file(source, edited);
        ASSERT_TRUE(file.write(written()).ok());
        Layouts none;
        QByteArray bad = readBytes(written());
        bad.back() = static_cast<char>(bad.back() ^ 1);
        const QString spoilt = writeFile(written() + QStringLiteral(".bad"), bad);
        EXPECT_FALSE(file.verify(spoilt, &none).ok());
        EXPECT_FALSE(none.contains(Layouts::of(edited)));
        EXPECT_EQ(told(file.verify(written(), &known)), QString());
        EXPECT_TRUE(known.contains(Layouts::of(edited)));
    }
}

TEST_F(DicomFileTest, TellsEveryByteThatItWrites)
{
    const LoadedFile source = loaded(smallImage());
    QByteArray heard;
    QFile file(written());
    ASSERT_TRUE(
        DicomFile(source, source.dataSet).write(file, [&](QByteArrayView bytes) { heard += bytes; }).ok());
    EXPECT_EQ(heard, readBytes(written()));
}

TEST_F(DicomFileTest, AFileThatIsTooShortOrTooLongIsNoticed)
{
    const LoadedFile source = loaded(smallImage());
    const DicomFile file(source, source.dataSet);
    ASSERT_TRUE(file.write(written()).ok());
    const QByteArray good = readBytes(written());
    Layouts known;
    ASSERT_TRUE(file.verify(written(), &known).ok());
    for (Layouts* layouts : {static_cast<Layouts*>(nullptr), &known}) {
        for (qsizetype size = 0; size < good.size(); ++size)
            EXPECT_FALSE(file.verify(writeFile(written(), good.first(size)), layouts).ok()) << size;
        EXPECT_FALSE(file.verify(writeFile(written(), good + good.right(8)), layouts).ok());
        EXPECT_TRUE(file.verify(writeFile(written(), good), layouts).ok());
    }
}
