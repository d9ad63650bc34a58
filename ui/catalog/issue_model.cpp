#include "ui/catalog/issue_model.h"

#include <QDir>
#include <QFileInfo>

namespace ui {

namespace {

using Kind = catalog::Issue::Kind;

QString kindText(Kind kind)
{
    switch (kind) {
    case Kind::NotDicom:
        return IssueModel::tr("Not DICOM");
    case Kind::Directory:
        return IssueModel::tr("DICOMDIR");
    case Kind::Damaged:
        return IssueModel::tr("Damaged");
    case Kind::TooDeep:
        return IssueModel::tr("Nested too deeply");
    case Kind::Unreadable:
        return IssueModel::tr("Unreadable");
    case Kind::Duplicate:
        return IssueModel::tr("Duplicate");
    case Kind::Odd:
        return IssueModel::tr("Odd");
    case Kind::Script:
        return IssueModel::tr("Edit failed");
    case Kind::Interrupted:
        return IssueModel::tr("Interrupted save");
    case Kind::Incomplete:
        return IssueModel::tr("Not read completely");
    }
    return {};
}

bool same(const catalog::Issue& a, const catalog::Issue& b)
{
    return a.kind == b.kind && a.path == b.path && a.instance == b.instance && a.reason == b.reason;
}

QString reasonText(const catalog::Issue& issue)
{
    return issue.remedy.isEmpty() ? issue.reason : issue.reason + QStringLiteral(". ") + issue.remedy;
}

} // namespace

void IssueModel::setIssues(const QList<catalog::Issue>& issues)
{
    const auto [old, fresh] =
        std::mismatch(m_issues.begin(), m_issues.end(), issues.begin(), issues.end(), same);
    const int kept = static_cast<int>(fresh - issues.begin());
    if (kept < m_issues.size()) {
        beginRemoveRows({}, kept, static_cast<int>(m_issues.size()) - 1);
        m_issues.resize(kept);
        endRemoveRows();
    }
    if (kept < issues.size()) {
        beginInsertRows({}, kept, static_cast<int>(issues.size()) - 1);
        m_issues = issues;
        endInsertRows();
    }
}

int IssueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_issues.size());
}

int IssueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant IssueModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const catalog::Issue& issue = m_issues[index.row()];
    if (role == Qt::ToolTipRole)
        return QStringLiteral("%1<br>%2").arg(issue.path.toHtmlEscaped(), reasonText(issue).toHtmlEscaped());
    switch (index.column()) {
    case KindColumn:
        return kindText(issue.kind);
    case FileColumn:
        return QFileInfo(issue.path).fileName();
    case ReasonColumn:
        return reasonText(issue);
    case FolderColumn:
        return QDir::toNativeSeparators(QFileInfo(issue.path).path());
    default:
        return {};
    }
}

QVariant IssueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[ColumnCount] = {tr("Kind"), tr("File"), tr("Reason"), tr("Folder")};
    return section >= 0 && section < ColumnCount ? titles[section] : QVariant();
}

} // namespace ui
