// The tables of the review before a save.

#include "core/dicom/value.h"
#include "ui/saving/save_review.h"
#include "ui/widgets/parts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <array>

namespace ui {

namespace {

constexpr int shownValues = 4;
constexpr int listedValues = 20;

QString translated(const char* text)
{
    return QCoreApplication::translate("SaveReview", text);
}

QString valueText(const edit::DistinctValue& value)
{
    const QString text = dicom::shortText(*value.element, value.characterSet);
    return text.isEmpty() ? translated("(empty)") : text;
}

/// Every value with its count, for the tool tip.
QString allValuesText(const QList<edit::DistinctValue>& values)
{
    QStringList lines;
    for (const edit::DistinctValue& value : values)
        if (value.element && lines.size() < listedValues)
            lines << QStringLiteral("%1 × %2").arg(value.count).arg(valueText(value));
    if (values.size() > listedValues)
        lines << QStringLiteral("…");
    return lines.join(u'\n');
}

QString afterText(const edit::MergedAttribute& row)
{
    return row.isDeleted() ? translated("(deleted)") : valuesText(row.values);
}

QString beforeText(const edit::MergedAttribute& row)
{
    return row.originally == 0 ? translated("(absent)") : valuesText(row.originals);
}

QString actionText(const edit::MergedAttribute& row)
{
    static constexpr std::array words = {
        QT_TRANSLATE_NOOP("SaveReview", "Keep"), QT_TRANSLATE_NOOP("SaveReview", "Assign"),
        QT_TRANSLATE_NOOP("SaveReview", "Clear"), QT_TRANSLATE_NOOP("SaveReview", "Delete")};
    QStringList present;
    for (size_t i = 1; i < words.size(); ++i)
        if (row.actions[i] > 0)
            present << translated(words[i]);
    return present.join(QStringLiteral(", "));
}

QString countText(const edit::MergedAttribute& row)
{
    const int changed = row.actions[1] + row.actions[2] + row.actions[3];
    const QString number = QLocale().toString(changed);
    return row.path.isNested() ? translated("%1 items").arg(number) : number;
}

QString placeText(const edit::MergedAttribute& row)
{
    return row.path.isNested() ? row.path.toString() : dicom::toString(row.path.tag());
}

QString nameText(const edit::MergedAttribute& row)
{
    return row.path.creator().isEmpty() ? row.name
                                        : QStringLiteral("%1  [%2]").arg(row.name, row.path.creator());
}

QString kindText(const SaveNotice& notice)
{
    switch (notice.kind) {
    case SaveNotice::Kind::Problem:
        return translated("Problem");
    case SaveNotice::Kind::NotWritten:
        return translated("Not written");
    case SaveNotice::Kind::Note:
        return translated("Note");
    case SaveNotice::Kind::Warning:
        break;
    }
    return translated("Warning");
}

} // namespace

QString valuesText(const QList<edit::DistinctValue>& values)
{
    QStringList texts;
    for (const edit::DistinctValue& value : values)
        if (value.element)
            texts << valueText(value);
    if (texts.size() <= 1)
        return texts.value(0);
    const auto count = texts.size();
    const QString more = count > shownValues ? QStringLiteral("…") : QString();
    return translated("%1 values: %2").arg(count).arg(texts.mid(0, shownValues).join(QStringLiteral(", ")))
        + more;
}

ChangeModel* makeChangeModel(QObject* parent)
{
    using Row = edit::MergedAttribute;
    return new ChangeModel(
        {{translated("Tag"), placeText},
         {translated("Name"), nameText},
         {translated("Action"), actionText},
         {translated("Files"), countText},
         {translated("Before"), beforeText, [](const Row& row) { return allValuesText(row.originals); }},
         {translated("After"), afterText, [](const Row& row) { return allValuesText(row.values); }}},
        parent);
}

NoticeModel* makeNoticeModel(QObject* parent)
{
    return new NoticeModel(
        {{translated("Kind"), kindText},
         {translated("File"), [](const SaveNotice& notice) { return QFileInfo(notice.file).fileName(); },
          [](const SaveNotice& notice) { return QDir::toNativeSeparators(notice.file); }},
         {translated("Details"), [](const SaveNotice& notice) { return notice.text; }}},
        parent);
}

PlannedFileModel* makePlannedFileModel(QObject* parent)
{
    using writer::PlannedFile;
    return new PlannedFileModel(
        {{translated("From"), [](const PlannedFile& file) { return QDir::toNativeSeparators(file.source); }},
         {translated("To"), [](const PlannedFile& file) { return QDir::toNativeSeparators(file.target); }}},
        parent);
}

} // namespace ui
