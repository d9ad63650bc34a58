#pragma once

#include "core/dicom/data_set.h"

#include <QList>
#include <QString>

namespace residue {

/// What the name of a file or folder says of the object in it.
struct TellingName {
    QString name; ///< of one folder, or of the file
    bool isFile = false;
    struct Reason {
        QString word; ///< that stands in the name
        QString what; ///< "a UID of the original"
    };
    QList<Reason> reasons = {}; ///< the most telling first; never empty
};

/// The names in `relativePath` that hold the name, ID, Accession Number, another identifier, a date or a UID
/// that the original had; identifiers other than the patient's own, dates and UIDs only where `written` has
/// another value.
QList<TellingName> tellingNames(const QString& relativePath, const dicom::DataSet& original,
                                const dicom::DataSet& written);

} // namespace residue
