#pragma once

// Only for deidentify.cpp and deidentifier.cpp.

#include "core/deid/profile.h"
#include "core/deid/profile_table.h"
#include "core/dicom/data_set.h"
#include "core/dicom/text/character_set.h"
#include "core/dicom/uid.h"

#include <optional>

namespace deid {

/// Walks over the data sets of one object.
class Deidentifier {
public:
    Deidentifier(const dicom::DataSet& root, const Profile& profile, const QByteArray& seed);
    /// `isInside`: in an item, where nobody says how strictly an attribute is asked for. `asDummy`: of a
    /// sequence that is replaced itself.
    dicom::DataSet run(const dicom::DataSet& dataSet, bool isInside, bool asDummy);
    const std::optional<Error>& failure() const { return m_failure; }

private:
    /// Null when the element is removed.
    dicom::ElementPtr changed(const dicom::ElementPtr& element, bool isInside, bool asDummy);
    dicom::ElementPtr done(Action action, const Rule& rule, Type type, const dicom::ElementPtr& element);
    /// By value representation, where the table says nothing. What nobody knows is removed.
    dicom::ElementPtr withoutRule(const dicom::ElementPtr& element, bool asDummy);
    bool isKeptUid(dicom::Tag tag) const { return (m_options & Option::RetainUids) || dicom::namesKind(tag); }

    /// No true date stands beside shifted ones, whatever other option keeps it.
    dicom::ElementPtr datedRight(const dicom::ElementPtr& element) const;
    dicom::ElementPtr inItems(const dicom::Element& sequence, bool asDummy);
    static dicom::ElementPtr empty(const dicom::Element& element);
    dicom::ElementPtr dummy(const dicom::Element& element);
    /// What stands in an item of a sequence that is replaced: nothing that a person may have written stays.
    dicom::ElementPtr dummyInside(const dicom::ElementPtr& element);
    /// Items of public coding schemes, which say what a content is about.
    static bool isCode(const dicom::Element& sequence);
    dicom::ElementPtr mapped(const dicom::Element& element) const;
    /// Null where it cannot be done.
    dicom::ElementPtr cleaned(const dicom::ElementPtr& element) const;
    /// Null when a part of it is no date, or only a year or a month, which stays the same when days are taken
    /// from it.
    dicom::ElementPtr shifted(const dicom::Element& element) const;
    // --- the patient

    static bool isPatient(dicom::Tag tag);
    /// The new ID and name of the patient that this data set, or else the object, is about.
    dicom::ElementPtr patient(const dicom::Element& element, const dicom::DataSet& holder);
    QString newIdOf(const QString& id);
    /// New IDs of a table may need more than ASCII; they are turned to what the object declares.
    dicom::ElementPtr named(dicom::Tag tag, dicom::Vr vr, const QString& text);
    const Profile& m_profile;
    Options m_options;
    QByteArray m_seed;
    QByteArray m_sopClass;
    QString m_patientKey;
    int m_days;
    dicom::CharacterSet m_characterSet;
    std::optional<Error> m_failure;
};

} // namespace deid
