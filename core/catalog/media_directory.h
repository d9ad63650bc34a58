#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

namespace catalog {

/// Finds the files that a DICOMDIR refers to; never leaves its folder.
class MediaDirectory {
public:
    explicit MediaDirectory(const QString& path);

    struct Reference {
        QString path; ///< of the file, or as the DICOMDIR has it
        QString problem; ///< why it is not opened; empty otherwise
    };
    /// `fileId`: components (PS3.10 section 8.2). Names differ in case or in the version that CDs add
    /// ("IM1.;1") without harm.
    Reference resolve(const QStringList& fileId);
    const QString& folder() const { return m_folder; }

private:
    QString nameIn(const QString& folder, const QString& component);

    QString m_folder;
    QString m_canonical;
    QHash<QString, QHash<QString, QString>>
        m_names; ///< by folder: names as they are, by what they are alike in
};

} // namespace catalog
