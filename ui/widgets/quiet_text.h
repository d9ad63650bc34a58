#pragma once

namespace ui {

/// Makes the program's palette show secondary text (QPalette::PlaceholderText) where the desktop's theme
/// gives it a colour that cannot be read on its background: some dark themes leave it black. Otherwise does
/// nothing; is called again when the theme changes. For the GUI thread.
void keepQuietTextReadable();

} // namespace ui
