#include "core/dicom/reader.h"

#include <QApplication>
#include <QFont>
#include <QLocale>
#include <QStyle>
#include <QStyleFactory>
#include <gtest/gtest.h>

namespace {

/// What a machine brings along must not decide a test: fonts, style, palette, scale, language.
void forgetTheDesktop()
{
    for (const char* name : {"QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI", "QT_STYLE_OVERRIDE",
                             "QT_QPA_PLATFORMTHEME", "QT_ENABLE_HIGHDPI_SCALING", "QT_QPA_FONTDIR"})
        qunsetenv(name);
    qputenv("QT_QPA_PLATFORM",
            "offscreen"); // also when the build lists the tests, on machines without a display
}

void fixAppearance()
{
    QStyle* fusion = QStyleFactory::create(QStringLiteral("Fusion"));
    QApplication::setStyle(fusion);
    QApplication::setPalette(fusion->standardPalette());
    // 10 points, of the packages that every run needs
    const QFont font(QStringLiteral("DejaVu Sans"), 10);
    QApplication::setFont(font);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

} // namespace

int main(int argc, char** argv)
{
    forgetTheDesktop();
    ::testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    fixAppearance();
    dicom::initialiseLibrary();
    return RUN_ALL_TESTS();
}
