#pragma once

// Only for study.cpp.

#include "core/sample/data_set_text.h"
#include "core/sample/file.h"

#include <vector>

namespace sample {

struct Patient {
    const char* name;
    const char* id;
    const char* birth;
    const char* text;
};

struct Study {
    const Patient& patient;
    const char* folder;
    const char* accession;
    const char* physician;
    const char* date;
    Repertoire repertoire;
    const char* text;
};

enum class Drawing { Thorax, Topogram, DoseReport, Radiograph, Echo, EchoClip, HeadT1, HeadT2, HeadFlair };

struct Series {
    const Study& study;
    int number;
    const char* description;
    const char* modality;
    const char* sopClass;
    int images;
    Drawing drawing;
    int size;
    Encoding encoding;
    std::vector<const char*> texts;
};

/// `chestImages`: of the series "Thorax 5mm".
std::vector<Series> allSeries(int chestImages);

} // namespace sample
