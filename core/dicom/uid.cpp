#include "core/dicom/uid.h"

#include "core/dicom/dictionary_table.h"

#include <QSet>
#include <algorithm>
#include <array>

namespace dicom {

namespace {

/// In order.
constexpr std::array<Tag, 23> kinds{{
    {0x0002, 0x0002}, {0x0002, 0x0010}, {0x0002, 0x0012}, {0x0004, 0x1510}, {0x0004, 0x1512},
    {0x0004, 0x151A}, {0x0008, 0x0016}, {0x0008, 0x001A}, {0x0008, 0x001B}, {0x0008, 0x0062},
    {0x0008, 0x010C}, {0x0008, 0x0117}, {0x0008, 0x0118}, {0x0008, 0x040E}, {0x0008, 0x1150},
    {0x0008, 0x115A}, {0x0008, 0x3002}, {0x0008, 0x9123}, {0x0034, 0x0003}, {0x0400, 0x0010},
    {0x0400, 0x0510}, {0x3010, 0x0052}, {0x3010, 0x0053},
}};

QSet<QByteArray> readRegistered()
{
    QSet<QByteArray> uids;
    readDictionaryTable("uids.tsv", [&](const QList<QByteArray>& fields) { uids.insert(fields[0]); });
    return uids;
}

} // namespace

bool isRegisteredUid(const QByteArray& uid)
{
    static const QSet<QByteArray> registered = readRegistered();
    constexpr QByteArrayView contextGroups("1.2.840.10008.6.1.");
    if (!uid.startsWith(contextGroups))
        return registered.contains(uid);
    const QByteArrayView number = QByteArrayView(uid).sliced(contextGroups.size());
    return !number.isEmpty()
        && std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool namesKind(Tag tag)
{
    return std::binary_search(kinds.begin(), kinds.end(), tag);
}

} // namespace dicom
