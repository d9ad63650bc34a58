#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace sample {

struct Written {
    int dicomFiles = 0;
    int otherFiles = 0;
    friend bool operator==(const Written&, const Written&) = default;
};

/// Two invented patients with five studies in all (CT, CR, US, two MR) under a folder that is made where it
/// is missing, and a text file beside them. The same seed gives the same bytes; it changes UIDs and noise,
/// not names. chestImages: length of the CT series "Thorax 5mm". Fails with Unwritable.
Result<Written> writeStudies(const QString& folder, quint64 seed = 1, int chestImages = 12);

/// What betrays the invented people: byte strings as the files of writeStudies() hold them, in every
/// character set used. A good de-identified copy holds none of them outside of pixels.
QList<QByteArray> plantedIdentity();

/// One patient, one study, four series with `images` CT images of 512 x 512 in all (0.5 MB each) and about
/// 263 elements, half of them private, most of them equal within a series. For measurements.
Result<Written> writeCtImages(const QString& folder, int images, quint64 seed = 1);

/// Small CT images (64 x 64), 500 in a series, ten series in a study, two studies of a patient.
Result<Written> writeTinyImages(const QString& folder, int images, quint64 seed = 1);

} // namespace sample
