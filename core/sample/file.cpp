#include "core/sample/file.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <tuple>

#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <memory>
#include <mutex>
#include <vector>

using namespace Qt::StringLiterals;

namespace sample {

namespace {

using dicom::Element;
using dicom::Vr;

DcmTag dcmTag(const Element& element)
{
    const auto vr = dicom::name(element.vr());
    return {element.tag().group, element.tag().element, DcmVR(std::string(vr.data(), 2).c_str())};
}

/// The value bytes as numbers of this machine.
template <typename Number>
std::vector<Number> numbers(const QByteArray& bytes)
{
    std::vector<Number> result(static_cast<size_t>(bytes.size()) / sizeof(Number));
    qFromLittleEndian<Number>(bytes.constData(), static_cast<qsizetype>(result.size()), result.data());
    return result;
}

OFCondition putNumbers(DcmElement& target, const Element& element)
{
    const auto& bytes = element.bytes();
    const auto count = static_cast<unsigned long>(bytes.size() / dicom::info(element.vr()).unitSize);
    switch (element.vr()) {
    case Vr::FD:
        return target.putFloat64Array(numbers<Float64>(bytes).data(), count);
    case Vr::FL:
        return target.putFloat32Array(numbers<Float32>(bytes).data(), count);
    case Vr::SL:
        return target.putSint32Array(numbers<Sint32>(bytes).data(), count);
    case Vr::UL:
        return target.putUint32Array(numbers<Uint32>(bytes).data(), count);
    case Vr::SS:
        return target.putSint16Array(numbers<Sint16>(bytes).data(), count);
    default:
        return target.putUint16Array(numbers<Uint16>(bytes).data(), count);
    }
}

OFCondition putValue(DcmElement& target, const Element& element)
{
    const auto& bytes = element.bytes();
    if (dicom::isString(element.vr()))
        return target.putString(bytes.constData(), static_cast<Uint32>(bytes.size()));
    if (element.vr() == Vr::OW)
        return target.putUint16Array(numbers<Uint16>(bytes).data(),
                                     static_cast<unsigned long>(bytes.size() / 2));
    if (element.vr() == Vr::AT)
        return target.putUint16Array(numbers<Uint16>(bytes).data(),
                                     static_cast<unsigned long>(bytes.size() / 4));
    if (dicom::info(element.vr()).content == dicom::VrInfo::Content::Bytes)
        return target.putUint8Array(reinterpret_cast<const Uint8*>(bytes.constData()),
                                    static_cast<unsigned long>(bytes.size()));
    return putNumbers(target, element);
}

OFCondition fill(DcmItem& target, const dicom::DataSet& source);

std::unique_ptr<DcmElement> sequence(const Element& element, OFCondition& condition)
{
    auto result = std::make_unique<DcmSequenceOfItems>(dcmTag(element));
    for (const auto& item : element.items()) {
        auto target = std::make_unique<DcmItem>();
        condition = fill(*target, item);
        if (condition.good())
            condition = result->append(target.release());
        if (condition.bad())
            break;
    }
    return result;
}

std::unique_ptr<DcmElement> plain(const Element& element, OFCondition& condition)
{
    DcmElement* target = nullptr;
    // Pixel Data has a class of its own, which newDicomElement knows.
    condition = DcmItem::newDicomElementWithVR(target, dcmTag(element));
    std::unique_ptr<DcmElement> result(target);
    if (condition.good())
        condition = putValue(*result, element);
    return result;
}

OFCondition fill(DcmItem& target, const dicom::DataSet& source)
{
    for (const auto& element : source) {
        OFCondition condition = EC_Normal;
        auto converted = element->isSequence() ? sequence(*element, condition) : plain(*element, condition);
        if (condition.good())
            condition = target.insert(converted.get());
        if (condition.bad())
            return condition;
        std::ignore = converted.release(); // the target owns it now
    }
    return EC_Normal;
}

E_TransferSyntax transferSyntax(Encoding::Syntax syntax)
{
    switch (syntax) {
    case Encoding::Syntax::ExplicitLittle:
        return EXS_LittleEndianExplicit;
    case Encoding::Syntax::ImplicitLittle:
        return EXS_LittleEndianImplicit;
    case Encoding::Syntax::ExplicitBig:
        return EXS_BigEndianExplicit;
    case Encoding::Syntax::Deflated:
        return EXS_DeflatedLittleEndianExplicit;
    case Encoding::Syntax::RunLength:
        break;
    }
    return EXS_RLELossless;
}

OFCondition compress(DcmDataset& dataSet)
{
    static std::once_flag registered;
    std::call_once(registered, [] { DcmRLEEncoderRegistration::registerCodecs(); });
    auto condition = dataSet.chooseRepresentation(EXS_RLELossless, nullptr);
    if (condition.good())
        dataSet.removeAllButCurrentRepresentations();
    return condition;
}

OFCondition save(const QString& path, const dicom::DataSet& source, const Encoding& encoding)
{
    DcmFileFormat file;
    auto condition = fill(*file.getDataset(), source);
    if (condition.good() && encoding.syntax == Encoding::Syntax::RunLength)
        condition = compress(*file.getDataset());
    if (condition.bad())
        return condition;
    return file.saveFile(OFFilename(QFile::encodeName(path).constData()), transferSyntax(encoding.syntax),
                         encoding.undefinedLengths ? EET_UndefinedLength : EET_ExplicitLength,
                         encoding.groupLengths ? EGL_withGL : EGL_withoutGL, EPD_noChange);
}

bool writePreamble(const QString& path, const QByteArray& preamble)
{
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.write(preamble.left(128)) >= 0 && file.flush();
}

} // namespace

Outcome writeFile(const QString& path, const dicom::DataSet& dataSet, const Encoding& encoding)
{
    const auto condition = save(path, dataSet, encoding);
    if (condition.good() && (encoding.preamble.isEmpty() || writePreamble(path, encoding.preamble)))
        return Done{};
    const auto detail = condition.bad() ? QString::fromLocal8Bit(condition.text()) : u"the preamble"_s;
    return Error{Error::Kind::Unwritable, u"the file cannot be written (%1)"_s.arg(detail),
                 u"Check that the folder can be written to and has room"_s, path};
}

} // namespace sample
