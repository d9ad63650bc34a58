#pragma once

#include "core/dicom/text/character_set.h"
#include "core/dicom/vr.h"
#include "core/edit/merge.h"

#include <QList>
#include <QString>

namespace ui {

/// What a typed value has to keep to.
struct ValueRules {
    dicom::Vr vr = dicom::Vr::UN;
    QString vm = {}; ///< as in PS3.6; empty: not checked
    QList<dicom::CharacterSet> characterSets = {}; ///< of the data sets that the value goes into, each once
    bool isRequired = false; ///< an object without it cannot be told from others: it must not be empty
    bool isLutDescriptor = false; ///< not all of its numbers are what the VR says
    bool isCharacterSet = false; ///< the value names the character set of all other text
};

/// What is to be said of a typed value.
struct ValueVerdict {
    enum class Level {
        Fine,
        Doubtful, ///< may be set; `reason` says what is wrong with it
        Refused ///< cannot be set; `reason` says why
    };
    Level level = Level::Fine;
    QString reason = {}; ///< sentences, to stand beside the field
    bool otherCharacterSet = false; ///< only ISO_IR 192 can hold the text
    QString offeredUid = {}; ///< a valid UID to set instead; empty where none is wanted
};

/// Checks a typed value by VR, VM, length and character set (PS3.5 section 6). A UI value that is no valid
/// UID is doubtful, everything else that breaks the rules is refused. `reencode`: the files' text may become
/// ISO_IR 192.
ValueVerdict judge(const ValueRules& rules, const QString& text, bool reencode);

/// The rules for the values of a row of the attribute table.
ValueRules rulesFor(const edit::MergedAttribute& attribute);

/// A valid UID (PS3.5 section B.2) made from any text: the same for the same text on this installation, and
/// different on others, so equal case numbers of different places do not become equal UIDs.
QString uidFromText(const QString& text);

} // namespace ui
