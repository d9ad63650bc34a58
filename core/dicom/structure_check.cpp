#include "core/dicom/structure_check.h"

#include "core/dicom/dcmtk/detect.h"

#include <QList>
#include <optional>

namespace dicom {

namespace {

/// The most levels that the bytes from `from` on could nest: each level needs an item, and each item its tag.
qsizetype mostItems(ByteWindow& bytes, qint64 from)
{
    qsizetype items = 0;
    constexpr qint64 tagLength = 4;
    for (qint64 at = from; at + tagLength <= bytes.size(); at += ByteWindow::most - tagLength + 1) {
        const qint64 length = std::min(ByteWindow::most, bytes.size() - at);
        const char* piece = bytes.at(at, length);
        if (!piece)
            break;
        const auto view = QByteArray::fromRawData(piece, static_cast<qsizetype>(length));
        items += view.count(QByteArrayView("\xFE\xFF\x00\xE0", 4))
            + view.count(QByteArrayView("\xFF\xFE\xE0\x00", 4));
    }
    return items;
}

/// Where the walk lost its way, DCMTK may still follow: it must not find hundreds of levels there.
Structure withRest(Structure structure, ByteWindow& bytes)
{
    constexpr qsizetype harmless = 1000; // levels that fit a worker's stack several times over
    if (!structure.complete() && !structure.refused() && mostItems(bytes, structure.stoppedAt) > harmless)
        structure.end = Structure::End::TooDeep;
    return structure;
}

/// A data set that begins at `begin`, which need not be encoded as its file meta information says.
Structure structureOf(ByteWindow& bytes, qint64 begin, Encoding encoding, const ReadLimits& limits)
{
    const Structure structure = walkStructure(bytes, begin, encoding, limits);
    if (structure.complete() || structure.refused())
        return structure;
    if (structure.elements > 1)
        return withRest(structure, bytes);
    encoding.explicitVr = !encoding.explicitVr;
    const Structure other = walkStructure(bytes, begin, encoding, limits);
    return withRest(other.elements > structure.elements ? other : structure, bytes);
}

/// Whatever DCMTK could make of a file whose file meta information can be understood in several ways: true
/// when one of them nests beyond the limit.
bool mayNestTooDeep(ByteWindow& bytes, const Outline& outline, const ReadLimits& limits)
{
    QList<Encoding> encodings;
    if (!outline.clear)
        encodings = {{true, false, false}, {false, false, false}, {true, true, false}};
    else if (const char* first = dcmtk_side::knowsTransferSyntax(outline.transferSyntax)
                 ? nullptr
                 : bytes.at(outline.dataSetAt, 6))
        encodings = {dcmtk_side::detectedEncoding({first, 6})};
    for (const qint64 begin : {outline.metaAt, outline.dataSetAt, outline.declaredDataSetAt})
        for (const Encoding& encoding : encodings)
            if (begin < bytes.size()
                && walkStructure(bytes, begin, encoding, limits).end == Structure::End::TooDeep)
                return true;
    return false;
}

/// Why a file is refused before DCMTK gets to see it.
std::optional<Error> refusal(const Structure& structure, const ReadLimits& limits)
{
    const auto beyond = [](Error::Kind kind, const QString& reason) {
        return Error{kind, reason, QStringLiteral("No scanner writes such files; it was left out")};
    };
    switch (structure.end) {
    case Structure::End::TooDeep:
        return beyond(Error::Kind::TooDeep,
                      QStringLiteral("nests sequences more than %1 levels deep").arg(limits.nesting));
    case Structure::End::TooMany:
        return beyond(Error::Kind::Unreadable,
                      QStringLiteral("holds more than %1 attributes, items and fragments of images")
                          .arg(limits.elements));
    case Structure::End::TooMuch:
        return beyond(Error::Kind::Unreadable,
                      QStringLiteral("holds more than %1 MiB in short values").arg(limits.keptBytes >> 20));
    case Structure::End::Muddled:
        return beyond(
            Error::Kind::Unreadable,
            QStringLiteral("holds so many attributes out of order that sorting them would take too long"));
    default:
        return {};
    }
}

} // namespace

Result<Structure> checkedStructure(FileBytes& file, ByteWindow& bytes, const Outline& outline,
                                   const ReadLimits& limits)
{
    QByteArray inflated;
    if (outline.encoding.deflated) {
        auto whole = inflatedDataSet(file, outline, limits.inflatedBytes);
        if (!whole)
            return whole.error();
        inflated = std::move(whole).value();
    }
    const bool deflated = outline.encoding.deflated;
    ByteWindow memory(inflated);
    Structure structure =
        structureOf(deflated ? memory : bytes, deflated ? 0 : outline.dataSetAt, outline.encoding, limits);
    if (!structure.refused() && mayNestTooDeep(bytes, outline, limits))
        structure.end = Structure::End::TooDeep;
    if (bytes.failure())
        return *bytes.failure();
    if (const auto error = refusal(structure, limits))
        return *error;
    // DCMTK keeps all values of a deflated data set in memory, also those whose lengths are made up.
    if (deflated && !structure.complete())
        return Error{Error::Kind::Damaged, QStringLiteral("is damaged: it ends before its data does"),
                     QStringLiteral("Get it again from where it came")};
    return structure;
}

} // namespace dicom
