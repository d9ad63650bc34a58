#include "core/dicom/reader.h"

#include <QApplication>
#include <gtest/gtest.h>

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM",
            "offscreen"); // also when the build lists the tests, on machines without a display
    ::testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    dicom::initialiseLibrary();
    return RUN_ALL_TESTS();
}
