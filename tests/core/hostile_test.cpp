// Files that were made to take a reader down: each is refused with a reason, quickly.

#include "core/dicom/byte_source.h"
#include "core/dicom/dicom_file.h"
#include "core/dicom/encoder.h"
#include "core/dicom/file_outline.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <atomic>
#include <ctime>
#include <gtest/gtest.h>
#include <thread>

using namespace dicom;
using namespace testing_support;

namespace {

const QString implicitLittleEndian = QStringLiteral("1.2.840.10008.1.2");
const QString deflatedLittleEndian = QStringLiteral("1.2.840.10008.1.2.1.99");
constexpr Tag contentSequence{0x0040, 0xA730};
constexpr quint32 undefined = 0xFFFFFFFF;

QByteArray number(quint32 value, int bytes)
{
    QByteArray result;
    for (int i = 0; i < bytes; ++i)
        result.append(static_cast<char>(value >> (8 * i)));
    return result;
}

/// A header in explicit VR little endian, or without VR.
QByteArray header(Tag tag, const char* vr, quint32 length)
{
    QByteArray bytes = number(tag.group, 2) + number(tag.element, 2);
    if (!vr)
        return bytes + number(length, 4);
    const bool longForm = hasLongForm(parseVr(vr[0], vr[1]).value_or(Vr::UN));
    return bytes + vr + (longForm ? QByteArray(2, '\0') + number(length, 4) : number(length, 2));
}

const QByteArray openItem = header({0xFFFE, 0xE000}, nullptr, undefined);

/// Sequences of defined length, each in an item of the one before.
QByteArray nested(int depth, Tag tag, const char* vr)
{
    const qsizetype each = header(tag, vr, 0).size() + openItem.size();
    QByteArray bytes;
    for (int i = depth; i > 0; --i) {
        const auto inside = static_cast<quint32>(each * (i - 1));
        bytes += header(tag, vr, inside + 8) + header({0xFFFE, 0xE000}, nullptr, inside);
    }
    return bytes;
}

QByteArray fileOf(const QByteArray& dataSet,
                  const QString& transferSyntax = QStringLiteral("1.2.840.10008.1.2.1"))
{
    return dicomBytes(DataSet(), transferSyntax) + dataSet;
}

#if defined(__SANITIZE_THREAD__)
constexpr int mostSeconds = 60; // every access to memory is looked at
#else
constexpr int mostSeconds = 10;
#endif

class HostileFile : public ::testing::Test {
protected:
    QString made(const QByteArray& bytes)
    {
        return writeFile(m_folder.filePath(QStringLiteral("file")), bytes);
    }

    /// What the file is refused with, without the place.
    std::string refusal(const QByteArray& bytes, const ReadLimits& limits = {})
    {
        const QString path = made(bytes);
        const std::clock_t began =
            std::clock(); // of the processor: what others do on the machine does not count
        const auto read = readFile(path, nullptr, limits);
        EXPECT_LT(std::clock() - began, mostSeconds * CLOCKS_PER_SEC);
        if (read)
            return "loaded";
        EXPECT_EQ(read.error().file, path);
        EXPECT_FALSE(read.error().remedy.isEmpty());
        return read.error().reason.section(QStringLiteral(" ("), 0, 0).toStdString();
    }

    QTemporaryDir m_folder;
};

const std::string tooDeep = "nests sequences more than 64 levels deep";
const std::string endsEarly = "is damaged: it ends before its data does";

} // namespace

TEST_F(HostileFile, NestsSequencesWithoutEnd)
{
    EXPECT_EQ(refusal(fileOf((header(contentSequence, "SQ", undefined) + openItem).repeated(200'000))),
              tooDeep);
    EXPECT_EQ(refusal(fileOf((header(contentSequence, nullptr, undefined) + openItem).repeated(200'000),
                             implicitLittleEndian)),
              tooDeep);
}

TEST_F(HostileFile, NestsSequencesOfDefinedLength)
{
    EXPECT_EQ(refusal(fileOf(nested(65, contentSequence, "SQ"))), tooDeep);
    EXPECT_EQ(refusal(fileOf(nested(20'000, contentSequence, "SQ"))), tooDeep);
    // Without VR only the dictionary says that it is a sequence.
    EXPECT_EQ(refusal(fileOf(nested(20'000, contentSequence, nullptr), implicitLittleEndian)), tooDeep);
    EXPECT_EQ(refusal(fileOf(nested(64, contentSequence, nullptr), implicitLittleEndian)), "loaded");
}

TEST_F(HostileFile, NestsPrivateSequencesThatOnlyTheDictionaryKnows)
{
    const Tag tag{0x2001, 0x105F}; // "Philips Imaging DD 001": Stack Sequence
    const QByteArray creator = header({0x2001, 0x0010}, nullptr, 22) + "Philips Imaging DD 001";
    QByteArray inside;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray item = creator + inside;
        const auto length = static_cast<quint32>(item.size());
        inside = header(tag, nullptr, length + 8) + header({0xFFFE, 0xE000}, nullptr, length) + item;
    }
    EXPECT_EQ(refusal(fileOf(creator + inside, implicitLittleEndian)), tooDeep);
}

TEST_F(HostileFile, HidesSequencesBehindOtherTags)
{
    EXPECT_EQ(refusal(fileOf(nested(20'000, tags::PixelData, "SQ"))), tooDeep);
    EXPECT_EQ(refusal(fileOf((header(tags::PixelData, "UN", undefined) + openItem).repeated(20'000))),
              tooDeep);
    const QByteArray mark = QByteArray(128, '\0') + "DICM";
    EXPECT_EQ(refusal(mark + nested(20'000, {0x0002, 0x0100}, "SQ")), tooDeep);
}

TEST_F(HostileFile, SaysTwoThingsAboutItsTransferSyntax)
{
    const QByteArray bytes = nested(20'000, contentSequence, nullptr);
    // Some stop reading at the NUL, others do not.
    QByteArray twoNames = fileOf(bytes, QStringLiteral("1.2.840.10008.1.2#.1"));
    EXPECT_EQ(refusal(twoNames.replace('#', '\0')), tooDeep);
    EXPECT_EQ(refusal(fileOf(bytes, QStringLiteral("1.2.3.4"))), tooDeep);
    EXPECT_EQ(refusal(fileOf(bytes, {})), tooDeep);
}

TEST_F(HostileFile, DeclaresLengthsBeyondItsEnd)
{
    const QByteArray value(40, 'x');
    for (const quint32 length : {quint32{100}, quint32{70'000}, quint32{0x7FFFFFFE}, quint32{0xFFFFFFFE}}) {
        EXPECT_EQ(refusal(fileOf(header({0x0042, 0x0011}, "OB", length) + value)), endsEarly) << length;
        EXPECT_EQ(
            refusal(fileOf(deflated(header({0x0042, 0x0011}, "OB", length) + value), deflatedLittleEndian)),
            endsEarly)
            << length;
        EXPECT_NE(refusal(fileOf(header(contentSequence, "SQ", length) + value)), "loaded") << length;
        EXPECT_NE(refusal(QByteArray(128, '\0') + "DICM" + header({0x0002, 0x0001}, "OB", length) + value),
                  "loaded")
            << length;
    }
}

TEST_F(HostileFile, NeverEndsASequence)
{
    const QByteArray name = header({0x0040, 0xA160}, "UT", 2) + "x ";
    const QByteArray sequence = header(contentSequence, "SQ", undefined);
    const QByteArray fragments =
        header(tags::PixelData, "OB", undefined) + header({0xFFFE, 0xE000}, nullptr, 0);
    for (const QByteArray& bytes : {sequence, sequence + openItem + name, fragments}) {
        const auto read = readFile(made(fileOf(bytes)));
        EXPECT_TRUE(!read || !read->followed)
            << bytes.toHex().toStdString(); // it can be looked at, not saved
    }
    EXPECT_EQ(refusal(fileOf(sequence + openItem + name)), "is damaged: it ends in an item that has no end");
}

TEST_F(HostileFile, HoldsMillionsOfElementsItemsOrFragments)
{
    const std::string tooMany = "holds more than 1000000 attributes, items and fragments of images";
    QByteArray elements;
    for (quint32 i = 0; i <= 1'000'000; ++i) // public ones: even groups
        elements += header(tagOf(0x00300000 + (i >> 16 << 17) + (i & 0xFFFF)), nullptr, 0);
    EXPECT_EQ(refusal(fileOf(elements, implicitLittleEndian)), tooMany);
    const QByteArray items = header({0xFFFE, 0xE000}, nullptr, 0).repeated(1'000'001);
    EXPECT_EQ(refusal(fileOf(header(contentSequence, "SQ", undefined) + items)), tooMany);
    EXPECT_EQ(refusal(fileOf(header(tags::PixelData, "OB", undefined) + items)), tooMany);
}

TEST_F(HostileFile, ManyFragmentsAreNoReasonToRefuseOrToWait)
{
    const QByteArray fragment = header({0xFFFE, 0xE000}, nullptr, 400) + QByteArray(400, 'x');
    const QByteArray text(2000, 't'); // neither short nor long
    const QString path =
        made(fileOf(header({0x0040, 0xA160}, "UT", 2000) + text + header(tags::PixelData, "OB", undefined)
                        + fragment.repeated(150'000) + header({0xFFFE, 0xE0DD}, nullptr, 0),
                    QStringLiteral("1.2.840.10008.1.2.4.50")));
    QElapsedTimer timer;
    timer.start();
    const auto read = readFile(path);
    EXPECT_LT(timer.elapsed(), 10'000);
    ASSERT_TRUE(read.ok()) << read.error().message().toStdString();
    EXPECT_EQ(read->dataSet.find(tags::PixelData)->source()->length, 60'000'000);
    EXPECT_EQ(read->dataSet.bytes({0x0040, 0xA160}), text);
}

TEST_F(HostileFile, WantsItsElementsSorted)
{
    const std::string muddled = "holds so many attributes out of order that sorting them would take too long";
    QByteArray elements;
    for (quint32 i = 60'000; i > 0; --i)
        elements += header(tagOf(0x00300000 + i), nullptr, 0);
    EXPECT_EQ(refusal(fileOf(elements, implicitLittleEndian)), muddled);
    QByteArray creators;
    for (quint32 group = 0x1001; group < 0x2001; group += 2) {
        for (quint32 block = 0x10; block < 0x30; ++block)
            creators += header(tagOf((group << 16) + block), nullptr, 2) + "x ";
        creators += header(tagOf((group << 16) + 0x1001), nullptr, 2) + "y ";
    }
    ReadLimits limits;
    limits.ordering = 1'000'000;
    const QString path = made(fileOf(creators, implicitLittleEndian));
    const auto read = readFileByDcmtk(path, nullptr, limits);
    EXPECT_EQ(read ? "loaded" : read.error().reason.toStdString(), muddled);
    EXPECT_TRUE(readFileByDcmtk(path).ok());
    EXPECT_TRUE(readFile(path, nullptr, limits).ok()) << "what is in order needs no sorting";
}

TEST_F(HostileFile, HoldsMoreThanIsKeptInMemory)
{
    QByteArray values;
    for (quint32 i = 1; i < 40; ++i)
        values += header(tagOf(0x00300000 + i), nullptr, 60'000) + QByteArray(60'000, 'x');
    ReadLimits limits;
    limits.keptBytes = 2 << 20;
    EXPECT_EQ(refusal(fileOf(values, implicitLittleEndian), limits), "holds more than 2 MiB in short values");
}

TEST_F(HostileFile, InflatesToMuchMoreThanItIs)
{
    const QByteArray bomb = fileOf(
        deflated(header({0x0042, 0x0011}, "OB", 3 << 20) + QByteArray(3 << 20, '\0')), deflatedLittleEndian);
    ReadLimits limits;
    limits.inflatedBytes = 2 << 20;
    EXPECT_EQ(refusal(bomb, limits), "holds more than 2 MiB when it is decompressed");
    EXPECT_EQ(refusal(bomb), "loaded");
}

TEST_F(HostileFile, BecomesShorterWhileItIsRead)
{
    DataSet image = ctImage(1, 1, 1);
    image.set(tags::PixelData, Vr::OW, QByteArray(4 << 20, 'x'));
    const QString path = made(dicomBytes(image));
    const auto source = SourceFile::open(path, {});
    const auto file = FileBytes::open(path);
    ASSERT_TRUE(source.ok() && file.ok());
    ByteWindow window(*file);
    ASSERT_TRUE(QFile::resize(path, 1000));
    const auto pixels = (*source)->find({{}, tags::PixelData});
    ASSERT_TRUE(pixels);
    const Outcome copied = (*source)->copy(*pixels, {}, {}, [](QByteArrayView) -> Outcome { return Done{}; });
    ASSERT_FALSE(copied.ok());
    EXPECT_EQ(copied.error(), changedWhileRead(path));
    EXPECT_FALSE(window.at(0, 8));
    ASSERT_TRUE(window.failure());
    EXPECT_EQ(*window.failure(), changedWhileRead(path));
}

TEST_F(HostileFile, GrowsWhileItIsRead)
{
    const QString path = made(dicomBytes(ctImage(1, 1, 1)));
    std::atomic<bool> stop = false;
    std::thread writing([&] {
        QFile file(path);
        if (!file.open(QIODevice::Append | QIODevice::Unbuffered))
            return;
        while (!stop && file.size() < (64 << 20))
            file.write(QByteArray(8, '\0'));
    });
    bool noticed = false;
    QElapsedTimer timer;
    timer.start();
    while (!noticed && timer.elapsed() < 20'000) {
        const auto read = readFile(path);
        noticed = !read && read.error() == changedWhileRead(path);
    }
    stop = true;
    writing.join();
    EXPECT_TRUE(noticed);
}

TEST_F(HostileFile, HasARecordTypeThatTakesDcmtkBeyondItsEnd)
{
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "DCMTK loses memory when it throws";
#endif
    const QByteArray type = header({0x0004, 0x1430}, nullptr, 202) + "PATIENT " + QByteArray(194, 'x');
    const auto length = static_cast<quint32>(type.size());
    const QString path = made(fileOf(header(tags::DirectoryRecordSequence, nullptr, length + 8)
                                         + header({0xFFFE, 0xE000}, nullptr, length) + type,
                                     implicitLittleEndian));
    const auto read = readFileByDcmtk(path);
    EXPECT_EQ(read ? "loaded" : read.error().reason.toStdString(), "is damaged: it cannot be interpreted");
    EXPECT_EQ(readFile(path).error().kind, Error::Kind::Directory) << "without DCMTK";
}
