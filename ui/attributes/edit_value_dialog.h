#pragma once

#include "core/edit/merge.h"

#include <QDialog>

class QPushButton;
class QTreeView;

namespace ui {

class ValueField;

/// "Edit NAME (TAG)": the values that an attribute has in the chosen files, most frequent first, to choose
/// from or type over; then Set, Clear, Delete, Revert or Cancel.
class EditValueDialog : public QDialog {
    Q_OBJECT
public:
    enum class Choice { Set, Clear, Delete, Revert };

    /// `instances`: the files that the choice will be for.
    EditValueDialog(const edit::MergedAttribute& attribute, int instances, QWidget* parent = nullptr);

    /// What was chosen; means something after exec() == Accepted only.
    Choice choice() const { return m_choice; }
    QString text() const;
    /// The files' text may become ISO_IR 192 for this value.
    bool reencode() const;

private:
    QWidget* makeValues(const edit::MergedAttribute& attribute);
    QWidget* makeButtons(const edit::MergedAttribute& attribute);
    void choose(Choice choice);

    Choice m_choice = Choice::Set;
    ValueField* m_field;
    QPushButton* m_set = nullptr;
};

} // namespace ui
