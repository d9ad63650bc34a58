#include "core/residue/pixel_bits.h"

#include "core/dicom/encoder.h"
#include "core/dicom/reader.h"

#include <algorithm>

namespace residue {

std::optional<bool> anyBitSet(const QString& path, const dicom::ClearedBits& bits)
{
    const auto file = dicom::readFile(path);
    const auto bytes = file ? dicom::SourceFile::open(path, file->encoding)
                            : Result<std::shared_ptr<dicom::SourceFile>>(file.error());
    const auto pixels = bytes ? (*bytes)->find({{}, dicom::tags::PixelData}) : std::nullopt;
    if (!pixels)
        return std::nullopt;
    bool found = false;
    const dicom::ClearedBits others{~bits.mask, bits.bytes};
    const Outcome copied = (*bytes)->copy(*pixels, {}, others, [&](QByteArrayView piece) -> Outcome {
        found = found || std::any_of(piece.begin(), piece.end(), [](char c) { return c != 0; });
        return Done{};
    });
    return copied ? std::optional(found) : std::nullopt;
}

} // namespace residue
