// The direct reader and DCMTK: the same elements of every file, or the direct one leaves it to DCMTK.

#include "core/dicom/element_cache.h"
#include "core/dicom/reader.h"
#include "tests/support/corpus.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/mutant.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <iostream>

using namespace dicom;
using namespace testing_support;

namespace {

constexpr const char* pydicomFiles = "/usr/lib/python3/dist-packages/pydicom/data";

QStringList filesBelow(const QString& folder)
{
    QStringList paths;
    for (QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories); files.hasNext();)
        paths << files.next();
    paths.sort();
    return paths;
}

/// The lines in which they differ.
QString differingLines(const DataSet& direct, const DataSet& other)
{
    const QStringList mine = text(direct).split(u'\n');
    const QStringList theirs = text(other).split(u'\n');
    QStringList lines;
    for (const QString& line : mine)
        if (!theirs.contains(line))
            lines << QStringLiteral("direct: ") + line;
    for (const QString& line : theirs)
        if (!mine.contains(line))
            lines << QStringLiteral("DCMTK: ") + line;
    return lines.isEmpty() ? QStringLiteral("not in what can be seen") : lines.mid(0, 10).join(u'\n');
}

/// Empty when both are the same.
QString difference(const LoadedFile& direct, const LoadedFile& other)
{
    if (!(direct.meta == other.meta))
        return QStringLiteral("file meta information: ") + differingLines(direct.meta, other.meta);
    if (!(direct.dataSet == other.dataSet))
        return QStringLiteral("data set: ") + differingLines(direct.dataSet, other.dataSet);
    if (direct.transferSyntax != other.transferSyntax || direct.encoding != other.encoding)
        return QStringLiteral("encoding");
    if (direct.hasPreamble != other.hasPreamble || direct.hasClearPreamble != other.hasClearPreamble)
        return QStringLiteral("preamble");
    if (direct.duplicates != other.duplicates || direct.followed != other.followed
        || direct.oddities != other.oddities || direct.stamp != other.stamp || direct.path != other.path)
        return QStringLiteral("findings");
    return {};
}

class DirectReader : public ::testing::Test {
protected:
    static void SetUpTestSuite() { initialiseLibrary(); }

    /// Compares where the direct reader does not decline.
    void compare(const QString& path)
    {
        const auto direct = readFileDirectly(path, m_cache);
        const auto other = readFileByDcmtk(path);
        m_readable += other.ok();
        m_direct += direct.has_value();
        const bool isLittle = other && !other->encoding.bigEndian && !other->encoding.deflated;
        if (isLittle && other->followed && !other->duplicates)
            ++(direct ? m_taken : m_declined[declineOf(path)]);
        if (!direct || !direct->oddities.isEmpty()) // what was mended, DCMTK reads otherwise or not at all
            return;
        ASSERT_TRUE(other.ok()) << path.toStdString() << ": " << other.error().message().toStdString();
        EXPECT_EQ(difference(*direct, *other).toStdString(), "") << path.toStdString();
    }

    static QString declineOf(const QString& path)
    {
        QString reason;
        ElementCache cache;
        (void)readFileDirectly(path, cache, {}, &reason);
        return reason;
    }

    /// Of little endian files that DCMTK reads without repair, few are left to it.
    void expectFewDeclines() const
    {
        int declined = 0;
        for (auto at = m_declined.begin(); at != m_declined.end(); ++at) {
            std::cout << "left to DCMTK, " << *at << ": " << at.key().toStdString() << '\n';
            declined += *at;
        }
        EXPECT_LE(declined, (declined + m_taken) * 0.03) << declined << " of " << declined + m_taken;
    }

    int m_taken = 0; ///< of ordinary files
    QMap<QString, int> m_declined; ///< of ordinary files, by reason
    ElementCache m_cache; ///< one for all, so that the file before is always another one
    int m_readable = 0;
    int m_direct = 0;
};

} // namespace

TEST_F(DirectReader, AgreesWithDcmtkOnDebiansFiles)
{
    SKIP_WITHOUT(QString::fromUtf8(pydicomFiles));
    for (const QString& path : filesBelow(QString::fromUtf8(pydicomFiles)))
        compare(path);
    EXPECT_GT(m_direct, 50);
}

TEST_F(DirectReader, AgreesWithDcmtkOnEveryFileOfTheCorpus)
{
    SKIP_WITHOUT(sharedData());
    for (const QString& path : filesBelow(sharedData()))
        compare(path);
    EXPECT_GT(m_direct, 500);
    std::cout << m_direct << " of " << m_readable << " files were read directly, " << m_readable - m_direct
              << " left to DCMTK\n";
    expectFewDeclines();
}

TEST_F(DirectReader, TakesOrdinaryFiles)
{
    QTemporaryDir folder;
    const DataSet image = dataSet(QStringLiteral("(0008,0016) UI 1.2\n"
                                                 "(0008,0018) UI 1.2.3\n"
                                                 "(0008,1140)[0]/(0008,1155) UI 1.2.4\n"
                                                 "(0008,1140)[1]/(0008,1155) UI 1.2.5\n"
                                                 "(0010,0010) PN Doe^Jane\n"
                                                 "(0019,0010) LO ACME\n"
                                                 "(0019,1001) UN 01 02\n"
                                                 "(0028,0010) US 2\n"));
    const QString path = writeFile(folder.filePath(QStringLiteral("a")), dicomBytes(image));
    const auto direct = readFileDirectly(path, m_cache);
    ASSERT_TRUE(direct);
    EXPECT_EQ(text(direct->dataSet), text(image));
    compare(path);
}

TEST_F(DirectReader, FilesOfASeriesShareWhatIsEqual)
{
    QTemporaryDir folder;
    DataSet image = dataSet(QStringLiteral("(0008,0018) UI 1.2.3\n(0008,1030) LO Head\n(0010,0010) PN Doe\n"
                                           "(0008,1140)[0]/(0008,1155) UI 1.2.4\n"));
    const auto first =
        readFileDirectly(writeFile(folder.filePath(QStringLiteral("a")), dicomBytes(image)), m_cache);
    image.set({0x0008, 0x0018}, Vr::UI, "1.2.30");
    image.remove({0x0008, 0x1030});
    const auto second =
        readFileDirectly(writeFile(folder.filePath(QStringLiteral("b")), dicomBytes(image)), m_cache);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(text(second->dataSet), text(image));
    for (const Tag tag : {tags::PatientName, Tag{0x0008, 0x1140}})
        EXPECT_EQ(first->dataSet.find(tag), second->dataSet.find(tag)) << toString(tag).toStdString();
}

/// Whatever is damaged: what both read is the same.
TEST_F(DirectReader, AgreesWithDcmtkOnDamagedFiles)
{
    SKIP_WITHOUT(QString::fromUtf8(pydicomFiles));
    QTemporaryDir folder;
    int compared = 0;
    std::mt19937 random(5); // the same in every run
    for (const QString& path : filesBelow(QString::fromUtf8(pydicomFiles))) {
        const QByteArray bytes = readBytes(path);
        if (bytes.size() > 20'000 || !readFileDirectly(path, m_cache))
            continue;
        for (int i = 0; i < 200; ++i) {
            QString kind;
            const QString mutated =
                writeFile(folder.filePath(QStringLiteral("mutant")), mutant(bytes, random, kind));
            const auto direct = readFileDirectly(mutated, m_cache);
            const auto other =
                direct && direct->oddities.isEmpty() ? readFileByDcmtk(mutated) : Result<LoadedFile>(Error());
            if (!direct || !direct->oddities.isEmpty() || !other)
                continue;
            ++compared;
            ASSERT_EQ(difference(*direct, *other).toStdString(), "")
                << path.toStdString() << " " << kind.toStdString();
        }
    }
    std::cout << compared << " damaged files compared\n";
}
