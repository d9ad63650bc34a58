#include "core/dicom/file_meta.h"

#include "core/dicom/attribute_path.h"
#include "core/dicom/structure.h"

#include <QtEndian>
#include <algorithm>
#include <utility>

namespace dicom {

namespace {

constexpr Tag fileMetaVersion{0x0002, 0x0001};
constexpr Tag implementationClassUid{0x0002, 0x0012};
constexpr Tag implementationVersionName{0x0002, 0x0013};
constexpr char ourImplementation[] = "2.25.203318846729312873284690284766120127713";

void setPadded(DataSet& meta, Tag tag, Vr vr, QByteArray value)
{
    value = padded(std::move(value), vr);
    const Element* known = meta.find(tag);
    if (!known || known->vr() != vr || known->bytes() != value)
        meta.set(tag, vr, value);
}

/// Bytes of what follows the group length, in explicit VR (PS3.5 section 7.1.2).
quint32 encodedLength(const DataSet& meta)
{
    qint64 length = 0;
    for (const ElementPtr& element : meta)
        if (!element->tag().isGroupLength())
            length += (hasLongForm(element->vr()) ? 12 : 8) + (element->length() + 1) / 2 * 2;
    return static_cast<quint32>(length);
}

} // namespace

DataSet writtenMeta(const DataSet& meta, const DataSet& dataSet, const QString& transferSyntax)
{
    DataSet written = meta;
    setPadded(written, fileMetaVersion, Vr::OB, QByteArray("\0\1", 2));
    for (const auto& [own, source] : followedUids)
        if (const QByteArray uid = dataSet.bytes(source); !uid.isEmpty() && uid != written.bytes(own))
            setPadded(written, own, Vr::UI, uid);
    if (QLatin1StringView(written.bytes(tags::TransferSyntaxUID)) != transferSyntax)
        setPadded(written, tags::TransferSyntaxUID, Vr::UI, transferSyntax.toLatin1());
    setPadded(written, implementationClassUid, Vr::UI, ourImplementation);
    setPadded(written, implementationVersionName, Vr::SH,
              QByteArray("DCMBROWSER " DICOMBROWSER_VERSION).left(16)); // SH, PS3.5 section 6.2
    const quint32 length = qToLittleEndian(encodedLength(written));
    setPadded(written, tags::FileMetaInformationGroupLength, Vr::UL,
              QByteArray(reinterpret_cast<const char*>(&length), sizeof length));
    return written;
}

void followUids(DataSet& meta, const DataSet& before, const DataSet& after)
{
    for (const auto& [own, source] : followedUids)
        if (const QByteArray uid = after.bytes(source); !uid.isEmpty() && uid != before.bytes(source))
            setPadded(meta, own, Vr::UI, uid);
}

bool hasStrayGroups(const DataSet& dataSet)
{
    return std::any_of(dataSet.begin(), dataSet.end(), [](const ElementPtr& element) {
        return isStray(element->tag())
            || std::any_of(element->items().begin(), element->items().end(), hasStrayGroups);
    });
}

DataSet withoutStrayGroups(DataSet dataSet)
{
    changeEverywhere(dataSet, [](DataSet& holder) {
        QList<Tag> stray;
        for (const ElementPtr& element : holder)
            if (isStray(element->tag()))
                stray << element->tag();
        for (const Tag tag : std::as_const(stray))
            holder.remove(tag);
        return !stray.isEmpty();
    });
    return dataSet;
}

DataSet withoutEmptyGroups(DataSet dataSet)
{
    changeEverywhere(dataSet, [](DataSet& holder) {
        QList<Tag> empty;
        for (auto it = holder.begin(); it != holder.end(); ++it)
            if (const auto next = std::next(it); (*it)->tag().isGroupLength()
                && (next == holder.end() || (*next)->tag().group != (*it)->tag().group))
                empty << (*it)->tag();
        for (const Tag tag : std::as_const(empty))
            holder.remove(tag);
        return !empty.isEmpty();
    });
    return dataSet;
}

} // namespace dicom
