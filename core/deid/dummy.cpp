#include "core/deid/dummy.h"

namespace deid {

namespace {

using dicom::Vr;

struct Dummy {
    Vr vr;
    const char* text;
};
/// Of even length.
constexpr Dummy texts[] = {
    {Vr::AE, "ANONYMIZED"}, {Vr::AS, "000Y"},           {Vr::CS, "ANONYMIZED"},   {Vr::DA, "19000101"},
    {Vr::DS, "1 "},         {Vr::DT, "19000101000000"}, {Vr::IS, "1 "},           {Vr::LO, "Anonymized"},
    {Vr::LT, "Anonymized"}, {Vr::PN, "Anonymized"},     {Vr::SH, "Anonymized"},   {Vr::ST, "Anonymized"},
    {Vr::TM, "000000"},     {Vr::UC, "Anonymized"},     {Vr::UR, "about:blank "}, {Vr::UT, "Anonymized"},
};

} // namespace

QByteArray dummyBytes(Vr vr)
{
    for (const Dummy& dummy : texts)
        if (dummy.vr == vr)
            return dummy.text;
    if (vr == Vr::SQ || vr == Vr::UI)
        return {};
    return QByteArray(std::max<qsizetype>(2, dicom::info(vr).unitSize), '\0'); // numbers and bytes
}

} // namespace deid
