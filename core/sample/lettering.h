#pragma once

#include <QStringView>

#include <array>

namespace sample {

/// A letter of 5 by 7 dots: rows from the top, the leftmost dot is bit 4.
using Glyph = std::array<quint8, 7>;

/// Capital letters, digits, "-", ".", ":" and "/"; anything else is a blank.
Glyph glyph(QChar c);

} // namespace sample
