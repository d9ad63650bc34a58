#pragma once

#include "core/edit/session.h"

#include <QDialog>
#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class ValueField;

/// Adds an attribute to the selected files, or sets it where it is already: by tag, keyword or name, with
/// completion.
class AddAttributeDialog : public QDialog {
    Q_OBJECT
public:
    /// The session must outlive the dialog.
    AddAttributeDialog(edit::Session& session, catalog::InstanceIds selected, QWidget* parent = nullptr);

    /// What was asked for, after exec() == Accepted; null before.
    edit::EditPtr edit() const { return m_edit; }

private:
    void makeFields();
    void updateAttribute();
    void updateState();
    void countPresent();
    QString refusal() const;
    QString presenceText() const;
    dicom::AttributePath path() const;
    dicom::Vr vr() const;
    void finish();

    edit::Session& m_session;
    edit::Lane m_lane;
    catalog::InstanceIds m_selected;
    edit::EditPtr m_edit;
    std::optional<dicom::Tag> m_tag;
    std::optional<dicom::Vr> m_vrChosen; ///< by the user, for attributes that no dictionary knows
    QList<dicom::CharacterSet> m_characterSets;
    bool m_hasSignedPixels; ///< one of the selected images
    int m_present = -1; ///< files that have the attribute; -1 while not counted
    QFormLayout* m_form;
    QLineEdit* m_attribute;
    QLabel* m_known;
    QLineEdit* m_creator;
    QComboBox* m_vr;
    ValueField* m_value;
    QLabel* m_reason;
    QPushButton* m_add = nullptr;
};

} // namespace ui
