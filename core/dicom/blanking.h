#pragma once

#include "core/base/result.h"
#include "core/dicom/data_set.h"

#include <array>
#include <optional>

namespace dicom {

/// A rectangle of pixels, counted from 0 at the left and the top; right and bottom are the first ones behind.
struct Box {
    qint64 left = 0, top = 0, right = 0, bottom = 0;
    friend bool operator==(const Box&, const Box&) = default;
};

/// What a box is filled with: a stored value of each sample, or a colour; of both, the one that fits the
/// image. Neither: zeros.
struct BoxFill {
    std::optional<double> value = {};
    std::optional<std::array<double, 3>> colour = {}; ///< red, green and blue
};

/// An image whose pixels were blanked.
struct Blanked {
    ElementPtr pixels; ///< to take the place of the old; null when the box lies beside the image
    Box box; ///< what was blanked: cut off at the borders, and whole pairs of pixels in 4:2:2
    qint64 columns = 0, rows = 0; ///< of the image
};

/// Fills a box of an image in all frames: Pixel Data, Float or Double Float Pixel Data (PS3.3 sections
/// C.7.6.3, C.7.6.24 and C.7.6.25). The value is one of each sample as it is stored; in an image of luminance
/// and colour differences it is the luminance of a grey, and a colour is converted (PS3.3 section
/// C.7.6.3.1.2); images of one sample need a value, unless the colour is black. Fails with InvalidValue for
/// compressed pixels, layouts and values that do not allow it. The data set must hold pixels: hasPixels().
Result<Blanked> blanked(const DataSet& image, const Box& box, const BoxFill& fill);

/// There is something that blanked() could be asked for.
bool hasPixels(const DataSet& image);

} // namespace dicom
