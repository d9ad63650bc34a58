// The same data set in another encoding: the same script and the same profile give the same values.

#include "core/deid/deidentify.h"
#include "core/dicom/encoder.h"
#include "core/dicom/file_outline.h"
#include "core/dicom/reader.h"
#include "core/dicom/scope.h"
#include "core/script/script.h"
#include "tests/support/corpus.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/other_form.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <iostream>

using namespace dicom;
using namespace testing_support;

namespace {

/// A number that its file calls US though its pixels are signed, or the other way round.
bool isMislabelled(const Element& element, bool areSigned)
{
    const auto* entry = findStandard(element.tag());
    return entry && entry->followsSign && element.vr() != vrIn(areSigned, *entry);
}

/// What no dictionary knows, or what stays in the file, has no VR of its own in implicit VR.
DataSet comparable(const DataSet& dataSet, bool enclosingAreSigned = false)
{
    const bool areSigned = hasSignedPixels(dataSet, enclosingAreSigned);
    DataSet result;
    for (const ElementPtr& element : dataSet) {
        if (element->tag().isPrivate() || element->tag().isGroupLength() || element->isInSource()
            || element->isStoredAsUnknown() || element->vr() == Vr::UN || isMislabelled(*element, areSigned))
            continue;
        if (!element->isSequence()) {
            result.set(element);
            continue;
        }
        Element::Items items;
        for (const DataSet& item : element->items())
            items.push_back(comparable(item, areSigned));
        result.set(Element::make(element->tag(), std::move(items)));
    }
    return result;
}

/// Values by path, without what the encoding decides.
QStringList values(const DataSet& dataSet)
{
    QStringList lines;
    for (const QString& line : text(dataSet).split(u'\n')) {
        const QString path = line.section(u' ', 0, 0);
        const QString vr = line.section(u' ', 1, 1);
        // US or OW, OB or OW: the dictionary decides where the file does not say it.
        if (vr != u"OW" && vr != u"OB" && !path.contains(QStringLiteral("(0028,12"))
            && !path.contains(QStringLiteral("(0028,3006)")))
            lines << path + u' ' + line.section(u' ', 2);
    }
    return lines;
}

class Encodings : public ::testing::Test {
protected:
    static void SetUpTestSuite() { initialiseLibrary(); }

    std::optional<DataSet> inForm(const DataSet& dataSet, const Form& form, const SourceFile& source)
    {
        const QString path =
            writeFile(m_folder.filePath(QStringLiteral("file")), fileInForm(dataSet, form, source));
        auto read = readFile(path);
        EXPECT_TRUE(read.ok()) << read.error().message().toStdString();
        return read ? std::optional(read->dataSet) : std::nullopt;
    }

    QTemporaryDir m_folder;
};

} // namespace

TEST_F(Encodings, GiveTheSameResults)
{
    SKIP_WITHOUT(sharedData());
    const auto parsed = script::parse(QStringLiteral("version \"6.6\"\n"
                                                     "*/(0010,0010) ?= \"Case\"\n"
                                                     "- */(0008,1155)\n"
                                                     "hashUIDList[*/(0008,0018), */(0020,000D)]\n"
                                                     "(0028,0121) := \"7\"\n"));
    ASSERT_TRUE(parsed.script);
    int compared = 0;
    for (QDirIterator files(sharedData(), QDir::Files, QDirIterator::Subdirectories); files.hasNext();) {
        const QString path = files.next();
        const auto file = readFile(path);
        // Values that are none cannot be told from bytes where the file does not say what they are.
        if (path.contains(QStringLiteral("/corrupt/")) || !file || !file->followed || file->duplicates
            || file->dataSet.size() < 5)
            continue;
        const auto source = SourceFile::open(path, file->encoding);
        ASSERT_TRUE(source.ok());
        const DataSet original = comparable(file->dataSet);
        std::optional<std::array<QStringList, 3>> first;
        for (const Form& form : otherForms()) {
            SCOPED_TRACE(path.toStdString() + ' ' + form.transferSyntax
                         + (form.sequencesAreUnknown ? " UN" : ""));
            const auto read = inForm(original, form, **source);
            if (!read)
                continue;
            const auto run = script::run(*parsed.script, *read, {"seed", {}});
            const auto clean = deid::deidentify(*read, {}, "seed");
            const std::array<QStringList, 3> results{
                values(*read), run ? values(run->dataSet) : QStringList{run.error().reason},
                clean ? values(*clean) : QStringList{clean.error().reason}};
            if (!first)
                first = results;
            for (size_t i = 0; i < results.size(); ++i)
                for (qsizetype line = 0; line < std::max(first->at(i).size(), results.at(i).size()); ++line)
                    if (first->at(i).value(line) != results.at(i).value(line)) {
                        ADD_FAILURE() << i << ": " << first->at(i).value(line).toStdString() << " | "
                                      << results.at(i).value(line).toStdString();
                        break;
                    }
            ++compared;
        }
    }
    EXPECT_GT(compared, 3000);
    std::cout << compared << " files in other encodings\n";
}
