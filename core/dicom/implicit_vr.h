#pragma once

#include "core/dicom/data_set.h"

#include <QHash>
#include <vector>

namespace dicom {

/// What attributes are where the file does not say it: implicit VR (PS3.5 section A.1). Where DCMTK knows an
/// attribute it says the same. Private ones are UN, for withUnknownValuesRead() to open, but for sequences
/// that DCMTK opens. For one thread at a time; remembers what it was asked.
class ImplicitVrs {
public:
    struct Kind {
        Vr vr = Vr::UN; ///< OW where it could be OB or OW, US where it could be US or SS
        bool followsSign = false; ///< SS where the pixels are signed (Scope)
    };

    /// `holder`: what stands before it in its data set, with the creators of private attributes.
    Kind of(Tag tag, const DataSet& holder);

private:
    Kind known(Tag tag, const QByteArray& creator);

    /// The files of a series ask for the same again and again: who asks with the same creator element, which
    /// is kept here, asks with the same creator.
    struct Recent {
        Tag tag{0xFFFF, 0xFFFF}; ///< which nobody knows
        ElementPtr creator = {};
        Kind kind = {};
    };
    static constexpr int recentBits = 12;
    static constexpr int recentShift = 32 - recentBits;
    std::vector<Recent> m_recent; ///< from the first question on: files in explicit VR ask none
    QHash<std::pair<QByteArray, quint32>, Kind> m_kinds; ///< by creator; public tags have none
};

} // namespace dicom
