#pragma once

#include "core/dicom/dictionary_table.h"

#include <QFlags>
#include <QSet>
#include <QString>
#include <optional>

namespace deid {

/// The options of the Basic Application Level Confidentiality Profile (PS3.15 section E.3).
enum class Option {
    RetainUids = 1 << 0,
    RetainDeviceIdentity = 1 << 1,
    RetainInstitutionIdentity = 1 << 2,
    RetainPatientCharacteristics = 1 << 3,
    RetainFullDates = 1 << 4,
    RetainModifiedDates = 1 << 5,
    CleanDescriptors = 1 << 6,
    CleanStructuredContent = 1 << 7,
    CleanGraphics = 1 << 8,
    RetainSafePrivate = 1 << 9,
};
Q_DECLARE_FLAGS(Options, Option)
Q_DECLARE_OPERATORS_FOR_FLAGS(Options)

/// What the profile does with an attribute (PS3.15 Table E.1-1a), choices between them made.
enum class Action {
    Keep, ///< K; sequences: what is in their items is judged by itself
    Remove, ///< X
    Empty, ///< Z
    Dummy, ///< D: a value of no meaning that is valid
    MapUid, ///< U
    Clean ///< C: keeps the sense, loses the identity
};

/// How strictly an object's IOD asks for an attribute (PS3.3 section 7.4), conditions taken as met.
enum class Type { Required, RequiredMayBeEmpty, Optional };

/// A row of PS3.15 Table E.1-1, edition 2024b.
struct Rule {
    QString name;
    QByteArray basic; ///< codes as the table has them: "X/Z/D"
    Options kept; ///< options under which it is kept (K)
    Options cleaned; ///< options under which it is cleaned (C)
    QSet<QByteArray> required; ///< SOP classes in which a combined code meets type 1
    QSet<QByteArray> mayBeEmpty; ///< and type 2

    /// In an object of that SOP class at its top level.
    Type typeIn(const QByteArray& sopClass) const;
    /// The action under these options: kept before cleaned before the basic profile, whose combined codes the
    /// type decides.
    Action action(Options options, Type type) const;
};

/// The row of an attribute, or a rule of our own where the table has none
/// (resources/dictionary/profile-additions.tsv); null when there is neither. Private ones are not in it.
/// Thread-safe.
const Rule* ruleOf(dicom::Tag tag);

/// All rows but that of private attributes, in the order of tags, with a tag that fits.
QList<std::pair<dicom::Tag, const Rule*>> allRules();

} // namespace deid
