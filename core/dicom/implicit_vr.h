#pragma once

#include "core/dicom/data_set.h"

#include <QHash>

namespace dicom {

/// What attributes are where the file does not say it: implicit VR (PS3.5 section A.1). For public ones
/// DCMTK's dictionary decides, as it does where DCMTK reads. Private ones are UN, for withUnknownValuesRead()
/// to open, but for those that DCMTK takes for sequences. For one thread at a time; remembers what it was
/// asked.
class ImplicitVrs {
public:
    struct Kind {
        Vr vr = Vr::UN; ///< OW where it could be OB or OW, US where it could be US or SS
        bool followsSign = false; ///< SS where the pixels are signed (Scope)
    };

    /// `holder`: what stands before it in its data set, with the creators of private attributes.
    Kind of(Tag tag, const DataSet& holder);

private:
    QHash<quint32, Kind> m_public;
    QHash<std::pair<QByteArray, quint32>, Kind> m_private; ///< by creator
};

} // namespace dicom
