#pragma once

#include "core/write/destination.h"

#include <QList>
#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

class Questions;

/// The first page of Save: where the files go, and which.
class SaveChoicePage : public QWidget {
    Q_OBJECT
public:
    SaveChoicePage(int selected, int all, Questions& questions, QWidget* parent = nullptr);

    writer::Destination destination() const;
    bool allFiles() const;
    /// Suffixes and a folder for the originals that are free, for these files.
    void propose(const QList<catalog::InstancePtr>& instances);
    /// Overwriting, and where the originals are kept.
    void proposeOverwriting(const QString& originals);
    /// What is compared after writing comes from the medium.
    bool readsFromMedium() const;
    /// Why the choice is not complete; empty when it is.
    QString obstacle() const;

Q_SIGNALS:
    void changed();

private:
    QWidget* makeWhere();
    QWidget* makeWhich(int selected, int all);
    void addKind(QVBoxLayout* layout, writer::Destination::Kind kind, const QString& words,
                 const QString& example);
    QLineEdit* addField(QVBoxLayout* layout, writer::Destination::Kind kind, const QString& words,
                        const QString& text, bool isFolder);
    void addOverwrite(QVBoxLayout* layout);
    void browse(QLineEdit* field, const QString& title);
    void updateFields();
    writer::Destination::Kind kind() const;

    Questions& m_questions;
    QButtonGroup* m_kinds;
    QButtonGroup* m_which;
    QLineEdit* m_adjacentSuffix = nullptr;
    QLineEdit* m_sameSuffix = nullptr;
    QLineEdit* m_root = nullptr;
    QCheckBox* m_keepOriginals = nullptr;
    QCheckBox* m_fromMedium;
    QLineEdit* m_originals = nullptr;
    QList<QPair<writer::Destination::Kind, QWidget*>> m_details; ///< belong to one kind
};

} // namespace ui
