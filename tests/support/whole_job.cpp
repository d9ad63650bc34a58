#include "tests/support/whole_job.h"

#include "core/dicom/dicom_file.h"
#include "core/dicom/value.h"
#include "core/edit/merge.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace testing_support {

namespace {

void toText(const dicom::DataSet& dataSet, const dicom::CharacterSet& inherited)
{
    const auto characterSet = dicom::characterSetOf(dataSet, inherited);
    for (const dicom::ElementPtr& element : dataSet) {
        (void)dicom::valueText(*element, characterSet);
        (void)dicom::shortText(*element, characterSet);
        (void)dicom::isDoubtfulText(*element, characterSet);
        for (const dicom::DataSet& item : element->items())
            toText(item, characterSet);
    }
}

void merged(const dicom::LoadedFile& file)
{
    edit::Evaluator evaluator({});
    edit::MergeRequest request;
    request.instances << std::make_shared<const catalog::Instance>(catalog::instanceOf(file, 0));
    for (const edit::MergedAttribute& row : edit::merge(request, evaluator, false, 1).rows)
        (void)row.summary();
}

bool hasReason(const Error& error)
{
    return !error.reason.isEmpty();
}

} // namespace

JobEnd wholeJob(const QString& path, const QString& target)
{
    const auto file = dicom::readFile(path);
    if (!file) {
        if (file.error().kind == Error::Kind::Directory)
            (void)dicom::referencedFiles(path);
        return hasReason(file.error()) ? JobEnd::Refused : JobEnd::Broken;
    }
    toText(file->meta, {});
    toText(file->dataSet, {});
    merged(*file);
    QFile::remove(target);
    const dicom::DicomFile rewritten(*file, file->dataSet);
    Outcome outcome = rewritten.write(target);
    if (!outcome) {
        QFile::remove(target);
        return hasReason(outcome.error()) ? JobEnd::Shown : JobEnd::Broken;
    }
    outcome = rewritten.verify(target);
    QFile::remove(target);
    if (outcome)
        return JobEnd::Rewritten;
    return hasReason(outcome.error()) ? JobEnd::Shown : JobEnd::Broken;
}

QString quickFolder()
{
    const QString memory = QStringLiteral("/dev/shm");
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath())
        + QStringLiteral("/core_tests-XXXXXX");
}

} // namespace testing_support
