#pragma once

#include "core/dicom/file_meta.h"
#include "core/dicom/scope.h"
#include "core/dicom/text/character_set.h"
#include "core/script/budget.h"
#include "core/script/path.h"
#include "core/script/values.h"

#include <array>
#include <utility>

namespace script {

/// The object that a script works on. Its text stays what it is whatever the script does to Specific
/// Character Set: that takes effect at the end, when all text is turned to it; and all text is turned to
/// ISO_IR 192 when the character set cannot hold what is assigned.
class WorkingObject {
public:
    /// The budget must outlive the object: reading and assigning draw on it.
    WorkingObject(dicom::DataSet dataSet, Writing rules, Budget& budget);

    /// As it is now. The bytes of its text follow characterSet(), not what it declares.
    const dicom::DataSet& dataSet() const { return m_dataSet; }
    const dicom::CharacterSet& characterSet() const { return m_characterSet; }
    /// Before the script.
    const QByteArray& sopInstanceUidBefore() const { return m_sopInstanceUid; }
    /// The character set of the innermost of these data sets, the first of which is this object's.
    dicom::CharacterSet characterSetIn(const Holders& holders) const;

    /// The value of what a single path names; null when absent.
    Result<Value> read(const Path& path) const;
    /// The element that a single path names; null when absent. Holds until the object is changed.
    const dicom::Element* find(const Path& path) const;

    /// All that the path names; an item is emptied.
    Outcome remove(const Path& path);
    Outcome removeEach(const std::vector<Path>& paths); ///< the same for several
    void remove(dicom::Tag tag); ///< at the top level
    /// Sets what a single path names, which is made where it is missing.
    Outcome assign(const Path& path, const Value& value);
    /// Sets a top-level attribute.
    Outcome assign(dicom::Tag tag, const Value& value);
    /// Gives every element that the path names the value that `change` makes of it; null leaves it alone.
    /// `text` reads what it holds, which fails where a script cannot. Where the last step is a pattern,
    /// sequences, group lengths and pixel data, which it may cover by chance, are left alone; nothing else
    /// is.
    using ReadText = std::function<Result<QString>()>;
    using Change = std::function<Result<Value>(const dicom::Element& element, const ReadText& text)>;
    Outcome rewrite(const Path& path, const Change& change);
    /// The same for all that the paths name; what several of them name is changed once.
    Outcome rewriteEach(const std::vector<Path>& paths, const Change& change);
    void removePrivate(); ///< at every depth, creators too
    /// Text must be in the same character sets.
    void replace(dicom::DataSet dataSet);
    void set(dicom::ElementPtr element); ///< at the top level; of no text but ASCII
    void setPixels(dicom::ElementPtr pixels); ///< with something of them blanked
    /// Pixels were blanked, and the script itself says that nothing identifying is left in them: it set
    /// Burned In Annotation to NO.
    bool hasCleanPixels() const;

    /// File meta information takes over the SOP Class and Instance UID that the object has now, if any, so
    /// that it keeps the last ones when the object loses them.
    void keepUids();

    /// The data set as it is to be kept.
    Result<dicom::DataSet> finish();
    /// Whether the object was altered since it was asked last.
    bool takeChanged() { return std::exchange(m_changed, false); }
    /// True when the text did not fit the character set, so that all of it was turned to ISO_IR 192.
    bool wasTurned() const { return m_turned; }
    /// The attributes that were given values which break the rules of PS3.5 section 6.2, since it was asked
    /// last.
    struct Misfit {
        dicom::Tag tag;
        QString rule; ///< in words
        friend bool operator==(const Misfit&, const Misfit&) = default;
    };
    std::vector<Misfit> takeMisfits() { return std::exchange(m_misfits, {}); }
    /// Whether they are looked for; not so at first.
    void lookForMisfits(bool wanted) { m_looksForMisfits = wanted; }
    /// After finish(): the set that the script left could not hold the text, so ISO_IR 192 is declared.
    bool keptUtf8() const { return m_keptUtf8; }

private:
    dicom::Scope scope() const; ///< of the top level
    dicom::Scope scopeIn(const Holders& holders) const;
    /// The bytes of a value; notes when it failed for want of characters.
    Result<Value> readFrom(const dicom::DataSet& holder, dicom::Tag tag,
                           const dicom::CharacterSet& characterSet) const;
    Result<dicom::ElementPtr> made(const dicom::DataSet& holder, dicom::Tag tag, const QString& creator,
                                   const Value& value, const dicom::Scope& scope);
    Outcome assignIn(dicom::DataSet& holder, const dicom::Scope& own, const Path& path, size_t at,
                     const Value& value);
    Outcome assignLast(dicom::DataSet& holder, const dicom::Scope& own, const Path::Step& step,
                       const Value& value);
    /// Again with ISO_IR 192 when `change` fails for want of characters.
    Outcome retried(const std::function<Outcome()>& change);
    Outcome noteDeclarations(const Path& path); ///< whose removal is about to come
    /// What rewriteEach() does in one data set that was matched; true when something is other than before.
    Result<bool> rewriteMatch(const Match& match, bool isPattern, const Change& change);
    void noteAnnotation(dicom::Tag tag, const Value& value);
    void noteMisfit(dicom::Tag tag, dicom::Vr vr, const QString& value);
    Outcome convert(); ///< all text to ISO_IR 192
    void declareActual();

    dicom::DataSet m_dataSet; ///< with the declaration that the script made
    Writing m_rules;
    Budget& m_budget;
    QByteArray m_sopInstanceUid;
    bool m_hasMeta;
    struct KeptUid {
        QByteArray last; ///< not empty
        bool changed = false; ///< by the script
    };
    std::array<KeptUid, dicom::followedUids.size()> m_keptUids;
    dicom::CharacterSet m_characterSet; ///< of its bytes
    bool m_declared = false; ///< the script touched the declaration
    QHash<const dicom::Element*, dicom::ElementPtr> m_rewritten; ///< by the rewriteEach() that is running
    bool m_lacksCharacters = false; ///< of the last value
    bool m_looksForMisfits = false;
    std::vector<Misfit> m_misfits;
    bool m_changed = false;
    bool m_blanked = false;
    bool m_saysClean = false; ///< what the script said last
    bool m_turned = false;
    bool m_keptUtf8 = false;
};

} // namespace script
