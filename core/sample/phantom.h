#pragma once

#include "core/sample/canvas.h"

#include <QString>

namespace sample {

/// Pixels as Pixel Data (7FE0,0010) holds them, and what the Image Pixel Module says of them.
struct Picture {
    int columns = 0;
    int rows = 0;
    int bitsAllocated = 16;
    int bitsStored = 12;
    bool isColour = false; ///< RGB, colour by pixel
    int frames = 1;
    QByteArray pixels;
};

enum class MrContrast { T1, T2, Flair };

/// Axial chest in Hounsfield units + 1024, 12 bits; level 0 = above the lungs' tips, 1 = through the liver.
/// Enlarged lymph nodes at the hila and small nodules, as in sarcoidosis.
Picture chestCt(int size, double level, quint64 seed);
/// Axial head, 12 bits; level 0 = eyes and cerebellum, 1 = below the vertex.
Picture headMr(int size, double level, MrContrast contrast, quint64 seed);
/// Chest from behind to front, 12 bits, air black.
Picture chestRadiograph(int size, quint64 seed);
/// Four-chamber view of a heart in a fan, RGB, the caption burned in; phase in [0, 1) of the heartbeat.
Picture heartUltrasound(int width, int height, double phase, const QString& caption, quint64 seed);
/// The same without colour and caption, 8 bits, several frames.
Picture heartClip(int width, int height, int frames, quint64 seed);
/// White letters on black, RGB.
Picture textPage(int width, int height, const QStringList& lines);

} // namespace sample
