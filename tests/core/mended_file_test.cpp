// Files with faults that can be mended without doubt: they open with a note, and what is written has none of
// them.

#include "core/dicom/dicom_file.h"
#include "core/dicom/reader.h"
#include "core/dicom/value.h"
#include "tests/support/dicom_bytes.h"

#include <QTemporaryDir>
#include <QtEndian>
#include <gtest/gtest.h>

using namespace dicom;
using testing_support::dicomBytes;
using testing_support::readBytes;
using testing_support::writeFile;

namespace {

constexpr const char* implicitLittle = "1.2.840.10008.1.2";
constexpr const char* explicitLittle = "1.2.840.10008.1.2.1";
constexpr const char* explicitBig = "1.2.840.10008.1.2.2";
constexpr const char* jpeg = "1.2.840.10008.1.2.4.50";

/// Makes elements in one encoding.
struct Bytes {
    Encoding encoding;

    template <typename Number>
    QByteArray number(Number value) const
    {
        const Number stored = encoding.bigEndian ? qToBigEndian(value) : qToLittleEndian(value);
        return {reinterpret_cast<const char*>(&stored), sizeof stored};
    }
    QByteArray tag(Tag tag) const { return number(tag.group) + number(tag.element); }
    QByteArray item(const QByteArray& content) const
    {
        return tag(tags::Item) + number(static_cast<quint32>(content.size())) + content;
    }
    /// `letters`: in place of the VR, whatever they are; with a length of 32 bits where asked for.
    QByteArray element(Tag which, const char* letters, const QByteArray& value, bool isLong = false) const
    {
        const auto length = static_cast<quint32>(value.size());
        if (!encoding.explicitVr)
            return tag(which) + number(length) + value;
        const QByteArray head = tag(which) + QByteArray(letters, 2);
        return isLong ? head + QByteArray(2, '\0') + number(length) + value
                      : head + number(static_cast<quint16>(length)) + value;
    }
    QByteArray image(const QByteArray& more = {}) const
    {
        return element({0x0008, 0x0016}, "UI", "1.2.840.10008.5.1.4.1.1.7\0")
            + element({0x0008, 0x0018}, "UI", "1.2.3.40") + element({0x0010, 0x0010}, "PN", "Quill^Ada ")
            + more;
    }
};

class MendedFile : public ::testing::Test {
protected:
    static void SetUpTestSuite() { initialiseLibrary(); }

    Result<LoadedFile> opened(const char* transferSyntax, const QByteArray& dataSet)
    {
        const QByteArray bytes = dicomBytes({}, QString::fromLatin1(transferSyntax)) + dataSet;
        return readFile(writeFile(m_folder.filePath(QStringLiteral("in")), bytes));
    }

    /// Changes the name, writes the file, and reads it by DCMTK, for which nothing is to be mended.
    DataSet rewritten(const LoadedFile& file)
    {
        DataSet dataSet = file.dataSet;
        dataSet.set(tags::PatientName, Vr::PN, "Changed ");
        const QString path = m_folder.filePath(QStringLiteral("out%1").arg(++m_count));
        const DicomFile made(file, dataSet);
        const Outcome written = made.write(path);
        EXPECT_TRUE(written) << written.error().reason.toStdString();
        const Outcome same = written ? made.verify(path) : written;
        EXPECT_TRUE(same) << same.error().reason.toStdString();
        const auto back = readFileByDcmtk(path);
        EXPECT_TRUE(back.ok() && back->followed && back->oddities.isEmpty());
        if (!back)
            return {};
        EXPECT_EQ(back->dataSet.bytes(tags::PatientName), "Changed");
        m_written = readBytes(path);
        return back->dataSet;
    }

    QByteArray m_written;
    int m_count = 0;
    QTemporaryDir m_folder;
};

const std::pair<const char*, Encoding> ordinaryEncodings[] = {
    {implicitLittle, {false, false, false}},
    {explicitLittle, {true, false, false}},
    {explicitBig, {true, true, false}},
};

} // namespace

TEST_F(MendedFile, ZerosBehindTheLastAttributeAreDroppedWithANote)
{
    for (const auto& [uid, encoding] : ordinaryEncodings)
        for (const int count : {1, 2, 7, 8, 12, 16, 512, 1000, 200'000}) {
            const auto file = opened(uid, Bytes{encoding}.image() + QByteArray(count, '\0'));
            ASSERT_TRUE(file.ok()) << uid << ' ' << count << ' ' << file.error().reason.toStdString();
            ASSERT_EQ(file->oddities.size(), 1) << uid << ' ' << count;
            EXPECT_TRUE(file->oddities[0].contains(QStringLiteral(" %1 zero bytes").arg(count)));
            EXPECT_EQ(rewritten(*file).size(), 3) << uid << ' ' << count;
        }
}

TEST_F(MendedFile, AnotherEncodingThanTheTransferSyntaxSaysIsReadWithANoteAndWrittenWithTheRightOne)
{
    for (const auto& [declared, ofDeclared] : ordinaryEncodings)
        for (const auto& [actual, encoding] : ordinaryEncodings) {
            if (encoding == ofDeclared)
                continue;
            const auto file = opened(declared, Bytes{encoding}.image());
            ASSERT_TRUE(file.ok()) << declared << ' ' << actual << ' ' << file.error().reason.toStdString();
            EXPECT_EQ(file->transferSyntax.toStdString(), actual) << declared;
            ASSERT_EQ(file->oddities.size(), 1) << declared << ' ' << actual;
            EXPECT_TRUE(file->oddities[0].contains(QStringLiteral("than its transfer syntax says")));
            EXPECT_EQ(rewritten(*file).size(), 3) << declared << ' ' << actual;
            EXPECT_TRUE(m_written.contains(
                QByteArray("UI").append(static_cast<char>((qstrlen(actual) + 1) & ~1U)) + '\0' + actual))
                << "the file meta information says what the data set is in";
        }
}

TEST_F(MendedFile, OtherBytesBehindTheLastAttributeAreRefusedWithTheirNumber)
{
    for (const auto& [uid, encoding] : ordinaryEncodings)
        for (const QByteArray& rest : {QByteArray("rest"), QByteArray(20, '\0') + "x",
                                       QByteArray("remainders"), QByteArray(3, '\xFF')}) {
            const auto file = opened(uid, Bytes{encoding}.image() + rest);
            ASSERT_FALSE(file.ok()) << uid << rest.toHex().toStdString();
            EXPECT_EQ(file.error().kind, Error::Kind::Damaged);
            EXPECT_TRUE(file.error().reason.contains(QStringLiteral("the %1 bytes").arg(rest.size())))
                << file.error().reason.toStdString();
        }
}

TEST_F(MendedFile, CompressedPixelsGetTheEndThatTheyLack)
{
    const Bytes bytes{{true, false, false}};
    const QByteArray fragment = bytes.item("\xFF\xD8pixels\xFF\xD9");
    const QByteArray begin = bytes.tag(tags::PixelData) + "OB" + QByteArray(2, '\0') + QByteArray(4, '\xFF');
    const struct {
        int frames;
        int fragments;
        QByteArray end;
        bool isWhole;
    } cases[] = {
        {1, 1, {}, true},
        {1, 3, {}, true},
        {2, 2, {}, true},
        {2, 1, {}, false},
        {1, 0, {}, false},
        {1, 1, QByteArray(8, '\0'), true},
        {2, 3, QByteArray(300, '\0'), true},
        {2, 1, QByteArray(8, '\0'), false},
        {1, 1, "cut", false},
    };
    for (const auto& given : cases) {
        const QByteArray frames = QByteArray::number(given.frames) + ' ';
        const auto file = opened(jpeg,
                                 bytes.image(bytes.element({0x0028, 0x0008}, "IS", frames)) + begin
                                     + bytes.item({}) + fragment.repeated(given.fragments) + given.end);
        ASSERT_EQ(file.ok(), given.isWhole)
            << given.frames << ' ' << given.fragments << ' ' << given.end.toHex().toStdString();
        if (!given.isWhole) {
            EXPECT_EQ(file.error().attribute, u"(7FE0,0010)");
            continue;
        }
        EXPECT_FALSE(file->oddities.isEmpty());
        const DataSet back = rewritten(*file);
        const Element* pixels = back.find(tags::PixelData);
        ASSERT_TRUE(pixels && pixels->source() && pixels->source()->encapsulated);
        EXPECT_TRUE(
            m_written.endsWith(fragment + bytes.tag(tags::SequenceDelimitationItem) + QByteArray(4, '\0')));
    }
}

TEST_F(MendedFile, TextInASequenceBecomesAnItem)
{
    const Bytes bytes{{false, false, false}};
    const struct {
        Tag sequence;
        QByteArray text;
        Tag attribute;
    } cases[] = {
        {{0x0012, 0x0064}, "DCM:11: Basic Profile ", {0x0008, 0x0104}},
        {{0x0012, 0x0064}, "yes ", {0x0008, 0x0104}},
        {{0x0040, 0x0275}, "Skull in two planes ", {0x0040, 0xA160}},
    };
    for (const auto& given : cases) {
        const auto file =
            opened(implicitLittle, bytes.image(bytes.element(given.sequence, "SQ", given.text)));
        ASSERT_TRUE(file.ok()) << file.error().reason.toStdString();
        EXPECT_TRUE(file->oddities.join(u' ').contains(toString(given.sequence)));
        const DataSet back = rewritten(*file);
        const Element* sequence = back.find(given.sequence);
        ASSERT_TRUE(sequence && sequence->items().size() == 1);
        EXPECT_EQ(sequence->items()[0].bytes(given.attribute), given.text.trimmed());
    }
}

TEST_F(MendedFile, ValueRepresentationsThatDoNotExistAreThoseOfTheDictionary)
{
    for (const auto& [uid, encoding] : ordinaryEncodings) {
        if (!encoding.explicitVr)
            continue;
        const Bytes bytes{encoding};
        const QByteArray after = bytes.element({0x0020, 0x0010}, "SH", "7 ");
        const QByteArray comments = "as long as it takes ";
        const struct {
            QByteArray element;
            Tag tag;
            Vr vr;
            QByteArray value;
        } cases[] = {
            {bytes.element({0x0010, 0x4000}, "RE", comments), {0x0010, 0x4000}, Vr::LT, comments},
            {bytes.element({0x0010, 0x4000}, "RE", comments, true), {0x0010, 0x4000}, Vr::LT, comments},
            {bytes.element({0x0010, 0x4000}, "??", comments), {0x0010, 0x4000}, Vr::LT, comments},
            {bytes.element({0x0010, 0x4000}, "\0\0", comments), {0x0010, 0x4000}, Vr::LT, comments},
            {bytes.tag({0x0010, 0x4000}) + bytes.number(quint32{20}) + comments,
             {0x0010, 0x4000},
             Vr::LT,
             comments},
            {bytes.element({0x0010, 0x4000}, "xx", {}), {0x0010, 0x4000}, Vr::LT, {}},
            {bytes.element({0x0011, 0x1001}, "QQ", "ab"), {0x0011, 0x1001}, Vr::UN, "ab"},
        };
        for (const auto& given : cases) {
            const auto file = opened(uid, bytes.image(given.element + after));
            ASSERT_TRUE(file.ok()) << file.error().reason.toStdString();
            EXPECT_EQ(file->oddities.size(), 1) << given.element.toHex().toStdString();
            const DataSet back = rewritten(*file);
            EXPECT_EQ(back.bytes({0x0020, 0x0010}), "7");
            const Element* element = back.find(given.tag);
            ASSERT_TRUE(element);
            EXPECT_EQ(element->vr(), given.vr) << given.element.toHex().toStdString();
            EXPECT_EQ(element->bytes(), given.value);
        }
    }
}

TEST_F(MendedFile, ASequenceOfUnknownRepresentationIsFollowed)
{
    for (const auto& [uid, encoding] : ordinaryEncodings) {
        if (!encoding.explicitVr)
            continue;
        const Bytes bytes{encoding};
        for (const bool isImplicit : {false, true}) {
            const Bytes inner{isImplicit ? Encoding{false, false, false} : encoding};
            const QByteArray content = inner.item(inner.element({0x0008, 0x0104}, "LO", "skull "))
                + inner.tag(tags::SequenceDelimitationItem) + QByteArray(4, '\0');
            const QByteArray sequence =
                bytes.tag({0x0010, 0x1002}) + "??" + QByteArray(2, '\0') + QByteArray(4, '\xFF') + content;
            const auto file =
                opened(uid, bytes.image(sequence + bytes.element({0x0020, 0x0010}, "SH", "7 ")));
            ASSERT_TRUE(file.ok()) << file.error().reason.toStdString();
            const DataSet back = rewritten(*file);
            const Element* element = back.find({0x0010, 0x1002});
            ASSERT_TRUE(element && element->items().size() == 1) << uid << isImplicit;
            EXPECT_EQ(element->items()[0].bytes({0x0008, 0x0104}), "skull");
        }
    }
}

TEST_F(MendedFile, DamageIsToldWithAttributeAndPlace)
{
    const Bytes bytes{{true, false, false}};
    QByteArray comments = bytes.element({0x0010, 0x4000}, "LT", "comments");
    comments[6] = 100; // longer than the file
    const auto file = opened(explicitLittle, bytes.image() + comments);
    ASSERT_FALSE(file.ok());
    EXPECT_EQ(file.error().attribute, u"(0010,4000)");
    EXPECT_TRUE(file.error().reason.contains(u"byte")) << file.error().reason.toStdString();
}
