#pragma once

#include "core/dicom/reader.h"
#include "core/dicom/text/character_set.h"
#include "core/residue/remainder.h"

#include <QList>
#include <QMap>
#include <map>

namespace residue {

/// A file that was written, beside what it was made from. All must live as long as it is used.
struct WrittenFile {
    const dicom::LoadedFile& original;
    const dicom::DataSet& meta; ///< file meta information that was written
    const dicom::DataSet& dataSet; ///< that was written
    bool rewritten = false; ///< encoded anew, not left alone or copied byte for byte
    QString path; ///< where it is now
    QString name; ///< the part of the path that is looked through for words of the original, with "/"
    int place = 0; ///< among the files of the job: samples are those of the first ones
};

/// Gathers what remains, file by file; one for each thread, put together by append(). Nothing of the files is
/// kept but counts, names of attributes and one shortened sample of each. Any thread, one at a time.
class Search {
public:
    /// Person names, IDs, dates, texts, addresses, UIDs, unknown and private attributes and values that do
    /// not fit their representation, at every depth and in the file meta information; preamble and padding;
    /// Burned In Annotation that is YES (or absent on a modality where it matters, PS3.15 section E.3.1) and
    /// overlays left in the pixels; names that hold the name, ID, a date or a UID that the object had. What
    /// is as it was (by its text, whatever its character set) is told apart from what the edits set. Empty
    /// values do not count.
    void add(const WrittenFile& file);
    /// A file that was not written at all.
    void addNeighbour(const QString& path);
    /// What was found in other files.
    void append(const Search& others);
    /// Most telling first.
    QList<Remainder> result() const;

private:
    using Kind = Remainder::Kind;
    using Key = std::pair<Kind, QString>;
    void note(Kind kind, const QString& what, const QString& value, bool isKept = true);
    template <typename Value>
    void note(Kind kind, const QString& what, const Value& value, bool isKept);
    void walk(const dicom::DataSet& dataSet, const dicom::DataSet* original, const QString& prefix,
              const dicom::CharacterSet& inherited, const dicom::CharacterSet& originalInherited);
    void addOutside(const WrittenFile& file);
    void addBurnedIn(const dicom::DataSet& dataSet);
    void addNames(const WrittenFile& file);
    void addPixelBits(const WrittenFile& file);

    /// A sample, and where it is from; one that is as it was counts for more, then an earlier file.
    struct Found {
        Remainder remainder;
        bool isKeptSample = false;
        int place = 0;
        bool hasSample = false;
        /// Takes the sample where it says more: not empty, as it was, of an earlier file.
        void offer(const QString& value, bool kept, int at);
        bool mayTake(bool kept, int at) const;
    };
    QMap<Key, Found> m_found;
    int m_place = 0; ///< of this file
    std::map<Key, bool> m_inThisFile; ///< whether it is as it was
};

} // namespace residue
