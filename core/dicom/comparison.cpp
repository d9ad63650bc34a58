#include "core/dicom/comparison.h"

#include "core/dicom/byte_source.h"
#include "core/dicom/element_cache.h"
#include "core/dicom/encoder.h"
#include "core/dicom/file_meta.h"
#include "core/dicom/file_outline.h"

#include <algorithm>

namespace dicom {

Error verificationError(const QString& reason, const QString& attribute)
{
    return {
        Error::Kind::Verification, reason, QStringLiteral("The original was left as it is"), {}, attribute};
}

namespace {

/// Up to padding to even length (PS3.5 section 6.2).
bool sameBytes(const QByteArray& a, const QByteArray& b, Vr vr)
{
    return padded(a, vr) == padded(b, vr);
}

/// Compares a value of the source, as it was to be altered, with what was written.
Result<bool> sameRange(const SourceFile& source, const ValueRange& from, const SourceValue& altered,
                       const SourceFile& written, const ValueRange& to)
{
    // An odd value of the source gets one byte of padding.
    const qint64 added = from.lacksEnd ? 8 : from.undefinedLength ? 0 : from.length % 2;
    if (from.undefinedLength != to.undefinedLength || to.length != from.length + added)
        return false;
    bool same = true;
    qint64 at = to.at;
    QByteArray other;
    const Outcome compared =
        source.copy(from, altered.blanked, altered.cleared, [&](QByteArrayView piece) -> Outcome {
            other.resize(piece.size());
            if (Outcome got = written.read(at, other.data(), other.size()); !got)
                return got;
            at += piece.size();
            same = same && piece == other;
            return Done{};
        });
    if (!compared)
        return compared.error();
    return same;
}

} // namespace

Comparison::Comparison(const SourceFile& source, const SourceFile& written, bool explicitVr)
    : m_source(source)
    , m_written(written)
    , m_explicitVr(explicitVr)
{
}

std::optional<Error> Comparison::compare(const DataSet& wanted, const DataSet& found, SourcePlace place)
{
    auto w = wanted.begin();
    auto f = found.begin();
    while (w != wanted.end() || f != found.end()) {
        if (w != wanted.end() && (*w)->tag().isGroupLength()) {
            ++w;
        } else if (f != found.end() && (*f)->tag().isGroupLength()) {
            ++f;
        } else if (w == wanted.end() || f == found.end() || (*w)->tag() != (*f)->tag()) {
            const Tag tag = w == wanted.end() ? (*f)->tag() : (*w)->tag();
            return verificationError(QStringLiteral("an attribute is missing or too many after writing"),
                                     toString(tag));
        } else {
            place.tag = (*w)->tag();
            if (auto error = compareElement(**w, **f, place))
                return error;
            ++w;
            ++f;
        }
    }
    return std::nullopt;
}

std::optional<Error> Comparison::compareElement(const Element& wanted, const Element& found,
                                                const SourcePlace& place)
{
    const auto different = [&] {
        return verificationError(QStringLiteral("reads back with another value than was written"),
                                 toString(wanted.tag()));
    };
    // What is UN in the file may be read as something else when its creator has changed: the bytes count.
    if (isUnknownInFile(wanted) && isUnknownInFile(found))
        return sameBytes(wanted.storedBytes(), found.storedBytes(), Vr::UN)
            ? std::nullopt
            : std::optional<Error>(different());
    // A long value that was set, not taken from the source, is left in the file when it is read.
    const bool isLong = !wanted.isInSource() && found.isInSource();
    if (wanted.isSequence() != found.isSequence() || (wanted.isInSource() && !found.isInSource())
        || (m_explicitVr
            && (wanted.vr() != found.vr() || wanted.isStoredAsUnknown() != found.isStoredAsUnknown())))
        return different();
    if (wanted.isSequence())
        return compareItems(wanted, found, place);
    if (isLong)
        return compareLong(wanted, place);
    if (!wanted.isInSource())
        return &wanted == &found || sameBytes(wanted.bytes(), found.bytes(), wanted.vr())
            ? std::nullopt
            : std::optional<Error>(different());
    const auto from = m_source.find(wanted.source()->place);
    const auto to = m_written.find(place);
    if (!from || !to)
        return different();
    const auto same = sameRange(m_source, *from, *wanted.source(), m_written, *to);
    if (!same)
        return same.error();
    return *same ? std::nullopt : std::optional<Error>(different());
}

std::optional<Error> Comparison::compareLong(const Element& wanted, const SourcePlace& place)
{
    const auto range = m_written.find(place);
    const bool isPlain = range && !range->undefinedLength;
    QByteArray bytes(isPlain ? static_cast<qsizetype>(range->length) : 0, Qt::Uninitialized);
    const Outcome read = m_written.read(isPlain ? range->at : 0, bytes.data(), bytes.size());
    if (!read)
        return read.error();
    if (m_written.isBigEndian())
        swapUnits(bytes, info(wanted.vr()).unitSize);
    if (isPlain && sameBytes(wanted.storedBytes(), bytes, wanted.vr()))
        return std::nullopt;
    return verificationError(QStringLiteral("reads back with another value than was written"),
                             toString(wanted.tag()));
}

bool Comparison::isUnknownInFile(const Element& element)
{
    return element.isStoredAsUnknown()
        || (element.vr() == Vr::UN && !element.isSequence() && !element.isInSource());
}

std::optional<Error> Comparison::compareItems(const Element& wanted, const Element& found,
                                              const SourcePlace& place)
{
    if (wanted.items().size() != found.items().size())
        return verificationError(QStringLiteral("reads back with another number of items"),
                                 toString(wanted.tag()));
    for (size_t i = 0; i < wanted.items().size(); ++i) {
        SourcePlace inside = place;
        inside.items.push_back({wanted.tag(), static_cast<int>(i)});
        if (auto error = compare(wanted.items()[i], found.items()[i], inside))
            return error;
    }
    return std::nullopt;
}

} // namespace dicom
