// Feeds scripts to the parsers and the evaluators. The first byte chooses the dialect, the rest is the
// script.

#include "core/script/lint.h"
#include "core/script/script.h"
#include "tests/support/data_set_text.h"

namespace {

/// Values of all kinds, at several depths: what scripts reach for.
dicom::DataSet object()
{
    dicom::DataSet result = testing_support::dataSet(QStringLiteral("(0008,0005) CS ISO_IR 100\n"
                                                                    "(0008,0008) CS ORIGINAL\\PRIMARY\n"
                                                                    "(0008,0018) UI 1.2.3\n"
                                                                    "(0008,0020) DA 20200229\n"
                                                                    "(0008,002A) DT 20200229120000.5+0100\n"
                                                                    "(0008,0060) CS MR\n"
                                                                    "(0010,0010) PN Doe^Jane\n"
                                                                    "(0010,0030) DA 19200101\n"
                                                                    "(0010,1010) AS 099Y\n"
                                                                    "(0019,0010) LO ACME\n"
                                                                    "(0019,1001) LO one\n"
                                                                    "(0019,1002)[0]/(0010,0020) LO MRN\n"
                                                                    "(0008,1140)[0]/(0008,1155) UI 1.2.4\n"
                                                                    "(0008,1140)[1]/(0008,1155) UI 1.2.5\n"
                                                                    "(0028,0010) US 16\n"
                                                                    "(0028,0011) US 16\n"
                                                                    "(0028,0100) US 8\n"));
    result.set(dicom::Element::make(dicom::tags::PixelData, dicom::Vr::OW,
                                    dicom::SourceValue{{{}, dicom::tags::PixelData}, 256}));
    return result;
}

/// The same attributes without values.
dicom::DataSet emptied(const dicom::DataSet& full)
{
    dicom::DataSet result;
    for (const dicom::ElementPtr& element : full)
        if (element->isSequence())
            result.set(dicom::Element::make(element->tag(), dicom::Element::Items(1)));
        else
            result.set(element->tag(), element->vr(), QByteArray());
    return result;
}

void check(const script::Script& script, const dicom::DataSet& original, const script::RunContext& context)
{
    for (const script::VariableInfo& variable : script.variables())
        (void)script::initialValue(script, variable.name, original, context);
    const auto first = script::run(script, original, context);
    const auto second = script::run(script, original, context);
    if (first.ok() != second.ok() || (first.ok() && !(first->dataSet == second->dataSet)))
        abort(); // the same for the same seed
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    static const dicom::DataSet original = object();
    static const dicom::DataSet empty = emptied(original);
    if (size == 0 || size > 20'000)
        return 0;
    constexpr script::Dialect dialects[] = {script::Dialect::Auto, script::Dialect::Legacy,
                                            script::Dialect::Four, script::Dialect::Six};
    const QString source =
        QString::fromUtf8(reinterpret_cast<const char*>(data) + 1, static_cast<qsizetype>(size) - 1);
    const auto parsed = script::parse(source, dialects[data[0] % 4]);
    for (const script::Problem& problem : parsed.problems)
        if (problem.line < 1 || problem.column < 1 || problem.message.isEmpty())
            abort();
    if (!parsed.script)
        return 0;
    (void)script::lint(*parsed.script);
    (void)script::missingVariables(*parsed.script, {});
    const script::RunContext context{"seed",
                                     {{QStringLiteral("subject"), QStringLiteral("S1")}},
                                     std::make_shared<const script::LookupTable>()};
    check(*parsed.script, original, context);
    check(*parsed.script, empty, context);
    check(*parsed.script, {}, context);
    return 0;
}
