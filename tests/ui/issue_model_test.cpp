#include "ui/catalog/issue_model.h"

#include "tests/ui/session_fixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace {

using Kind = catalog::Issue::Kind;

catalog::Issue issue(Kind kind, const char* path, const char* reason)
{
    return {kind, QString::fromUtf8(path), QString::fromUtf8(reason), {}, -1};
}

TEST(IssueModel, KeepsTheRowsThatStay)
{
    ui::IssueModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto text = issue(Kind::NotDicom, "/a/notes.txt", "not a DICOM file");
    const auto directory = issue(Kind::Directory, "/a/DICOMDIR", "a directory of images");
    const auto cut = issue(Kind::Damaged, "/a/cut.dcm", "ends in an element");
    model.setIssues({text, directory});
    const QPersistentModelIndex first(model.index(0, 0));
    const QPersistentModelIndex second(model.index(1, 0));
    model.setIssues({text, directory, cut});
    EXPECT_TRUE(second.isValid());
    model.setIssues({text, cut});
    EXPECT_TRUE(first.isValid());
    EXPECT_FALSE(second.isValid());
    EXPECT_EQ(shown(model),
              u"Not DICOM | notes.txt | not a DICOM file | /a\n"
              "Damaged | cut.dcm | ends in an element | /a\n");
    model.setIssues({});
    EXPECT_EQ(model.rowCount(), 0);
}

} // namespace
