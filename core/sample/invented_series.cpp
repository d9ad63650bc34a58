// The patients, studies and series of the sample.

#include "core/sample/invented_series.h"

#include "core/sample/texts.h"

using namespace Qt::StringLiterals;

namespace sample {

namespace {

const Patient mueller{"Müller^Jörg^^Dr.", "SRC-4711-0815", "19670412", texts::muellerPatient};
const Patient satou{"Satou^Hanako=佐藤^花子=さとう^はなこ", "TCH-20-118834", "19860227", texts::satouPatient};

const Study chestCtStudy{mueller,
                         "Sarcoidosis case/CT chest 2019-03-12",
                         "ACC20190312A",
                         "Dr. Weinberg",
                         "20190312",
                         Repertoire::Latin1,
                         texts::chestCtStudy};
const Study radiographStudy{mueller,
                            "Sarcoidosis case/X-ray chest 2018-11-02",
                            "ACC20181102B",
                            "Dr. Weinberg",
                            "20181102",
                            Repertoire::Latin1,
                            texts::radiographStudy};
const Study echoStudy{mueller,
                      "Sarcoidosis case/Echo Müller 2019-03-20",
                      "ACC20190320C",
                      "Γεώργιος Παπαδόπουλος",
                      "20190320",
                      Repertoire::LatinAndGreek,
                      texts::ultrasoundStudy};
const Study headStudy{satou,
                      "Migraine follow-up/MR brain 2020-05-04",
                      "TCH200504001",
                      "Dr. Kinoshita",
                      "20200504",
                      Repertoire::Japanese,
                      texts::headMrStudy};
const Study followUpStudy{satou,
                          "Migraine follow-up/MR brain 2021-05-10",
                          "VLA210510007",
                          "Ольга Иванова",
                          "20210510",
                          Repertoire::Utf8,
                          texts::headMrFollowUpStudy};

constexpr auto ctImage = "1.2.840.10008.5.1.4.1.1.2";
constexpr auto crImage = "1.2.840.10008.5.1.4.1.1.1";
constexpr auto mrImage = "1.2.840.10008.5.1.4.1.1.4";
constexpr auto usImage = "1.2.840.10008.5.1.4.1.1.6.1";
constexpr auto usClip = "1.2.840.10008.5.1.4.1.1.3.1";
constexpr auto secondaryCapture = "1.2.840.10008.5.1.4.1.1.7";

} // namespace

std::vector<Series> allSeries(int chestImages)
{
    using enum Encoding::Syntax;
    using enum Drawing;
    const std::vector ct{texts::ctSeries, texts::geBlocks};
    const std::vector mr{texts::mrSeries, texts::siemensBlocks};
    const auto tiff = "II*\0 Müller^Jörg SRC-4711-0815"_ba;
    return {
        {chestCtStudy, 1, "Topogram", "CT", ctImage, 1, Topogram, 512, {}, ct},
        {chestCtStudy, 2, "Thorax 5mm", "CT", ctImage, chestImages, Thorax, 256, {.groupLengths = true}, ct},
        {chestCtStudy, 3, "Lung 2mm", "CT", ctImage, 8, Thorax, 512, {RunLength, true}, ct},
        {chestCtStudy,
         99,
         "Dose report",
         "OT",
         secondaryCapture,
         1,
         DoseReport,
         512,
         {RunLength},
         {texts::captureSeries}},
        {radiographStudy,
         1,
         "Thorax pa",
         "CR",
         crImage,
         1,
         Radiograph,
         768,
         {ExplicitBig, false, true, tiff},
         {texts::crSeries}},
        {echoStudy, 1, "4 chamber colour", "US", usImage, 4, Echo, 400, {RunLength}, {texts::usSeries}},
        {echoStudy,
         2,
         "4 chamber clip",
         "US",
         usClip,
         1,
         EchoClip,
         240,
         {.undefinedLengths = true},
         {texts::clipSeries}},
        {headStudy, 1, "Localizer", "MR", mrImage, 3, HeadT1, 128, {Deflated}, mr},
        {headStudy, 2, "T1 tra", "MR", mrImage, 10, HeadT1, 256, {ImplicitLittle, true}, mr},
        {headStudy, 3, "T2 tra", "MR", mrImage, 10, HeadT2, 256, {ExplicitLittle, true}, mr},
        {followUpStudy, 1, "FLAIR tra", "MR", mrImage, 6, HeadFlair, 192, {}, mr},
    };
}

} // namespace sample
