#include "core/dicom/vr.h"

#include <array>

namespace dicom {

namespace {

using Content = VrInfo::Content;

constexpr std::array<VrInfo, 34> table{{
    {Vr::AE, "AE", Content::Ascii, 1, true, 16},  {Vr::AS, "AS", Content::Ascii, 1, true, 4},
    {Vr::AT, "AT", Content::Tags, 2, true, 0},    {Vr::CS, "CS", Content::Ascii, 1, true, 16},
    {Vr::DA, "DA", Content::Ascii, 1, true, 8},   {Vr::DS, "DS", Content::Ascii, 1, true, 16},
    {Vr::DT, "DT", Content::Ascii, 1, true, 26},  {Vr::FD, "FD", Content::Numbers, 8, true, 0},
    {Vr::FL, "FL", Content::Numbers, 4, true, 0}, {Vr::IS, "IS", Content::Ascii, 1, true, 12},
    {Vr::LO, "LO", Content::Text, 1, true, 64},   {Vr::LT, "LT", Content::Text, 1, false, 10240},
    {Vr::OB, "OB", Content::Bytes, 1, false, 0},  {Vr::OD, "OD", Content::Bytes, 8, false, 0},
    {Vr::OF, "OF", Content::Bytes, 4, false, 0},  {Vr::OL, "OL", Content::Bytes, 4, false, 0},
    {Vr::OV, "OV", Content::Bytes, 8, false, 0},  {Vr::OW, "OW", Content::Bytes, 2, false, 0},
    {Vr::PN, "PN", Content::Text, 1, true, 64},   {Vr::SH, "SH", Content::Text, 1, true, 16},
    {Vr::SL, "SL", Content::Numbers, 4, true, 0}, {Vr::SQ, "SQ", Content::Items, 1, false, 0},
    {Vr::SS, "SS", Content::Numbers, 2, true, 0}, {Vr::ST, "ST", Content::Text, 1, false, 1024},
    {Vr::SV, "SV", Content::Numbers, 8, true, 0}, {Vr::TM, "TM", Content::Ascii, 1, true, 14},
    {Vr::UC, "UC", Content::Text, 1, true, 0},    {Vr::UI, "UI", Content::Ascii, 1, true, 64},
    {Vr::UL, "UL", Content::Numbers, 4, true, 0}, {Vr::UN, "UN", Content::Bytes, 1, false, 0},
    {Vr::UR, "UR", Content::Ascii, 1, false, 0},  {Vr::US, "US", Content::Numbers, 2, true, 0},
    {Vr::UT, "UT", Content::Text, 1, false, 0},   {Vr::UV, "UV", Content::Numbers, 8, true, 0},
}};

constexpr size_t letters = 26;

constexpr size_t placeOf(char first, char second)
{
    return static_cast<size_t>(first - 'A') * letters + static_cast<size_t>(second - 'A');
}

/// The number of the VR and one; 0 where there is none.
constexpr auto byLetters = [] {
    std::array<quint8, letters * letters> numbers{};
    for (const VrInfo& row : table)
        numbers[placeOf(row.name[0], row.name[1])] = static_cast<quint8>(static_cast<int>(row.vr) + 1);
    return numbers;
}();

} // namespace

const VrInfo& info(Vr vr)
{
    return table.at(static_cast<size_t>(vr));
}

QLatin1StringView name(Vr vr)
{
    return QLatin1StringView(info(vr).name, 2);
}

std::optional<Vr> parseVr(QStringView text)
{
    if (text.size() != 2)
        return std::nullopt;
    return parseVr(text[0].toLatin1(), text[1].toLatin1());
}

std::optional<Vr> parseVr(char first, char second)
{
    if (first < 'A' || first > 'Z' || second < 'A' || second > 'Z')
        return std::nullopt;
    const quint8 found = byLetters[placeOf(first, second)];
    return found == 0 ? std::nullopt : std::optional(static_cast<Vr>(found - 1));
}

} // namespace dicom
