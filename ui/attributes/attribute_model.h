#pragma once

#include "core/edit/session.h"
#include "ui/attributes/attribute_rows.h"
#include "ui/attributes/edit_target.h"

#include <QAbstractItemModel>

namespace ui {

/// The attributes of the chosen instances, merged. Rows are read in the background and changed by difference,
/// so scroll position, current row, selection and expansion of a view survive.
class AttributeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { TagColumn, NameColumn, VrColumn, ActionColumn, ValueColumn, ColumnCount };
    enum Role {
        QuietLengthRole = Qt::UserRole + 1, ///< characters at the end of the text that matter less
        StruckLengthRole, ///< characters at the beginning that are no longer true
        SearchRole, ///< what the filter looks in
    };

    explicit AttributeModel(edit::Session& session, QObject* parent = nullptr);

    /// Shows these instances; what is shown stays until the new rows are there.
    void setInstances(const edit::InstanceIds& ids);
    const edit::InstanceIds& instances() const { return m_ids; }
    /// Reads again: edits or files changed.
    void refresh();
    /// True when the rows shown are those of instances(): only then edits may be made from them.
    bool isCurrent() const { return m_current; }
    bool isReading() const { return m_reading; }
    /// False when there are more rows than are read for searching in them.
    bool isComplete() const { return m_complete; }
    /// Whether sequences that nobody opened are read as well, for searching in them.
    void setReadEverything(bool everything);

    /// Null for items of sequences.
    const edit::MergedAttribute* attribute(const QModelIndex& index) const;
    QModelIndex indexOf(const dicom::AttributePath& path, int column = TagColumn) const;
    /// Attributes at the top level.
    int attributeCount() const { return static_cast<int>(m_root.children.size()); }
    const QList<catalog::Issue>& failures() const { return m_failures; }
    /// What a request to the core for these instances needs.
    edit::MergeRequest request() const;
    /// A value was typed: emits valueEntered(), unless it is what all the target's instances have.
    bool enter(const EditTarget& target, const QString& text);
    /// True when the value may be typed into the table: not for sequences, file meta and values left in
    /// files.
    static bool isEditable(const edit::MergedAttribute& attribute);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    /// For the instances shown now; what a field was opened for goes to enter().
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void readingChanged();
    /// The rows are those of instances() now.
    void rowsRead();
    /// A value was typed; the model changes when the edit has been made.
    void valueEntered(const ui::EditTarget& target, const QString& text);

private:
    AttributeRow* rowOf(const QModelIndex& index) const;
    QModelIndex indexOf(const AttributeRow& row, int column = 0) const;
    AttributeRow* find(const dicom::AttributePath& path) const;
    AttributeRow* findList(const dicom::AttributePath& sequence, int item);
    void start();
    void take(const RowAnswer& answer, quint64 generation);
    void apply(AttributeRow& holder, const RowList& list);
    void removeMissing(AttributeRow& holder, const RowList& list);
    void syncItems(AttributeRow& sequence);
    void addRows(AttributeRow& holder, int at, std::vector<std::unique_ptr<AttributeRow>> rows);
    void dropRows(AttributeRow& holder, int first, int last);
    void collectOpenItems(const AttributeRow& row, QList<std::pair<dicom::AttributePath, int>>& open) const;
    void setReading(bool reading);

    edit::Session& m_session;
    edit::Lane m_lane;
    edit::InstanceIds m_ids;
    mutable AttributeRow m_root;
    QList<catalog::Issue> m_failures;
    quint64 m_generation = 0; ///< of the latest complete reading; answers of earlier ones are dropped
    bool m_current = true, m_reading = false, m_again = false, m_everything = false;
    bool m_complete = true;
    bool m_single = false; ///< the rows shown are those of one instance
};

/// "Keep", "Assign", …, "(Mixed)"; empty for what cannot be edited.
QString actionText(const edit::MergedAttribute& attribute);

} // namespace ui
