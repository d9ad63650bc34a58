#pragma once

#include "app/remap_options.h"
#include "core/catalog/instance.h"

#include <QSet>

/// The files of a command line. Their content is not kept: there may be more of them than memory.
struct RemapInputs {
    QList<catalog::InstancePtr> instances; ///< in the order of their paths, numbered by it
    QSet<QString> patients; ///< deid::patientKeyOf()
    int notDicom = 0; ///< do not matter
    int directories = 0;
    int unread = 0; ///< DICOM files that cannot be processed
};

/// Reads all inputs, and says what is odd about them or cannot be read.
RemapInputs readInputs(const RemapOptions& options);
