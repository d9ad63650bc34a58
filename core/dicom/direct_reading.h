#pragma once

// Only for direct_reader.cpp and the files that carry it out.

#include "core/dicom/direct_reader.h"

namespace dicom {

constexpr qint64 untilDelimiter = -1; ///< in place of an end
constexpr Encoding implicitLittleEndian{false, false, false};

/// Of an element, as its file has it.
struct Header {
    Tag tag;
    Vr vr = Vr::UN;
    bool followsSign = false; ///< SS where the pixels are signed
    bool isGuessed = false; ///< the file gives no value representation that exists
    quint32 length = 0;
};

/// What stays in the file.
struct Left {
    Tag tag;
    Vr vr;
    qint64 length;
};

/// One of the value representation `US or SS` that is not decided yet.
struct Unsettled {
    std::vector<SourcePlace::Item> place;
    Tag tag;
};

/// Every function is false, or gives nothing, where the file is not as it should be; m_trouble says why then.
class DirectReader {
public:
    DirectReader(ByteWindow& bytes, bool encapsulated, Faults faults, const ReadLimits& limits,
                 ElementCache& cache, const ValueVisitor& visit);

    /// The elements from `begin` to `end` make a data set.
    bool read(qint64 begin, qint64 end, Encoding encoding, DataSet& dataSet, const DataSet& before);

    bool hasUnknown() const { return m_hasUnknown; }
    bool hasOpenLengths() const { return m_hasOpenLengths; }
    const QStringList& repairs() const { return m_repairs; }
    const Trouble& trouble() const { return m_trouble; }

private:
    bool fail(const char* reason, Tag tag, qint64 at);
    ElementPtr failed(const char* reason, Tag tag, qint64 at);
    void note(const QString& repair);
    bool elements(qint64 end, Encoding encoding, DataSet& dataSet, const DataSet* before);
    bool readElements(qint64 end, Encoding encoding, DataSet& dataSet, const DataSet* before);
    /// Zeros from here to the end of the file are no attributes (files are filled up to whole sectors).
    bool dropZeros();
    /// Decides what is "US or SS", as soon as a data set around it has Pixel Representation.
    void settle(DataSet& dataSet, size_t first);
    bool readHeader(Header& header, Encoding encoding, const DataSet& holder);
    void lookUp(Header& header, const DataSet& holder);
    /// What stands where the VR should be is none. It may be one that nobody knows (with a length of 32 or 16
    /// bits), or the length of an attribute in implicit VR: what leads to another attribute is right.
    bool guessForm(Header& header, Encoding encoding, const DataSet& holder);
    /// That of the dictionary, where the value can be one.
    void takeVr(Header& header, Encoding encoding, const DataSet& holder);
    bool isItem(qint64 at, Encoding encoding);
    bool leadsOn(qint64 valueAt, quint32 length, Tag tag, Encoding encoding);
    /// `before`: the element of the file before; null when there was none.
    ElementPtr value(const Header& header, Encoding encoding, const DataSet& holder,
                     const ElementPtr* before);
    ElementPtr plain(const Header& header, Encoding encoding, const ElementPtr* before);
    ElementPtr longText(const Header& header, qint64 at);
    ElementPtr inSource(const Left& left, bool encapsulated, const ElementPtr* before);
    /// Another program wrote text into a sequence, which has no place for it but an item.
    ElementPtr textForSequence(const Header& header, const DataSet& holder);
    /// Where the VR did not say it, the first item does.
    Encoding contentOf(Encoding encoding);
    ElementPtr sequence(const Header& header, Encoding encoding, const ElementPtr* before);
    bool readItems(qint64 end, Encoding encoding, Element::Items& items, const Element::Items* before);
    /// Encapsulated pixel data, which is OB whatever its file says (PS3.5 section A.4).
    ElementPtr fragments(const Header& header, Encoding encoding, const DataSet& holder,
                         const ElementPtr* before);
    ElementPtr encapsulated(const Header& header, const ValueRange& range, qint64 length,
                            const ElementPtr* before);
    static qint64 framesOf(const DataSet& dataSet);

    ByteWindow& m_bytes;
    bool m_encapsulated; ///< by the transfer syntax
    bool m_mends;
    const ReadLimits& m_limits;
    ElementCache& m_cache;
    const ValueVisitor& m_visit;
    qint64 m_at = 0;
    qint64 m_elementAt = 0; ///< where the element begins whose value is being read
    qint64 m_end = 0; ///< of the data set or item that is being read; of the bytes where that is open
    qint64 m_count = 0; ///< elements, items and fragments
    qint64 m_kept = 0; ///< ReadLimits::keptBytes
    bool m_hasUnknown = false;
    bool m_hasOpenLengths = false;
    std::vector<SourcePlace::Item> m_place;
    std::vector<Unsettled> m_unsettled;
    QStringList m_repairs;
    Trouble m_trouble;
};

} // namespace dicom
