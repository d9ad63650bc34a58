#include "core/script/values.h"

#include "core/dicom/scope.h"
#include "core/dicom/value.h"

#include <QRegularExpression>
#include <QtEndian>
#include <charconv>
#include <cmath>

namespace script {

namespace {

using dicom::Element;
using dicom::Vr;

Error failure(dicom::Tag tag, const QString& reason)
{
    return {Error::Kind::Script, reason, {}, {}, dicom::toString(tag)};
}

bool isPadding(QChar c)
{
    return c <= u' ';
}

QString trimmedValue(QString value, Vr vr)
{
    const bool keepsLeading = vr == Vr::LT || vr == Vr::ST || vr == Vr::UT;
    qsizetype begin = 0;
    qsizetype end = value.size();
    while (!keepsLeading && begin < end && isPadding(value[begin]))
        ++begin;
    while (end > begin && (isPadding(value[end - 1]) || (vr == Vr::PN && value[end - 1] == u'^')))
        --end;
    return value.mid(begin, end - begin);
}

/// Fails where what stands for characters that cannot be read would take their place: different texts would
/// become one, conditions would not hold, and it would be written.
Result<Value> readText(const Element& element, const dicom::CharacterSet& characterSet)
{
    const Vr vr = element.vr();
    bool damaged = false;
    const QString whole = characterSet.decode(element.bytes(), vr == Vr::UN ? Vr::LO : vr, &damaged);
    if (damaged && whole.contains(QChar::ReplacementCharacter)) {
        Error error =
            failure(element.tag(),
                    QStringLiteral("its text cannot be read: the bytes are not of the character set "
                                   "that the file declares"));
        error.remedy =
            QStringLiteral("Correct Specific Character Set (0008,0005) first, keeping the bytes of the text");
        return error;
    }
    if (vr == Vr::LT || vr == Vr::ST || vr == Vr::UT)
        return Value(trimmedValue(whole, vr));
    QStringList values = whole.split(u'\\');
    for (QString& value : values)
        value = trimmedValue(value, vr);
    return Value(values.join(u'\\'));
}

/// As Java's Double.toString and Float.toString: at least one decimal, an exponent outside 10^-3 … 10^7.
template <typename Number>
QString javaNumber(Number value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("Infinity") : QStringLiteral("-Infinity");
    char buffer[64];
    const auto magnitude = std::fabs(value);
    const bool plain = magnitude == 0 || (magnitude >= Number(1e-3) && magnitude < Number(1e7));
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value,
                                   plain ? std::chars_format::fixed : std::chars_format::scientific)
                         .ptr;
    QString text = QString::fromLatin1(buffer, end - buffer);
    if (plain)
        return text.contains(u'.') ? text : text + QStringLiteral(".0");
    QString mantissa = text.section(u'e', 0, 0);
    if (!mantissa.contains(u'.'))
        mantissa += QStringLiteral(".0");
    return mantissa + u'E' + QString::number(text.section(u'e', 1).toInt());
}

template <typename Number>
QString number(const char* at)
{
    const auto value = qFromLittleEndian<Number>(at);
    if constexpr (std::is_floating_point_v<Number>)
        return javaNumber(value);
    else
        return QString::number(value);
}

QString tagNumber(const char* at)
{
    return QString::number(
        dicom::Tag{qFromLittleEndian<quint16>(at), qFromLittleEndian<quint16>(at + 2)}.value());
}

QString byteText(const char* at)
{
    return QString::number(static_cast<unsigned char>(*at), 16).rightJustified(2, u'0');
}

struct BinaryCode {
    Vr vr;
    int size;
    QString (*text)(const char*);
};

constexpr BinaryCode binaryCodes[] = {
    {Vr::AT, 4, tagNumber},       {Vr::FD, 8, number<double>},  {Vr::FL, 4, number<float>},
    {Vr::SL, 4, number<qint32>},  {Vr::SS, 2, number<qint16>},  {Vr::SV, 8, number<qint64>},
    {Vr::UL, 4, number<quint32>}, {Vr::US, 2, number<quint16>}, {Vr::UV, 8, number<quint64>},
};

QString readBinary(const Element& element)
{
    BinaryCode code{element.vr(), 1, byteText};
    for (const BinaryCode& known : binaryCodes)
        if (known.vr == element.vr())
            code = known;
    if (element.vr() == Vr::SS && dicom::isLutDescriptor(element.tag()))
        return dicom::valueText(element, {});
    QStringList values;
    for (qsizetype at = 0; at + code.size <= element.bytes().size(); at += code.size)
        values << code.text(element.bytes().constData() + at);
    return values.join(u'\\');
}

bool isTags(const QString& text)
{
    static const QRegularExpression hex(QStringLiteral(R"(\A[0-9A-Fa-f]{8}(?:\\[0-9A-Fa-f]{8})*\z)"));
    return hex.match(text).hasMatch();
}

} // namespace

Result<Value> readValue(const dicom::DataSet& dataSet, dicom::Tag tag,
                        const dicom::CharacterSet& characterSet)
{
    const Element* element = dataSet.find(tag);
    if (!element)
        return Value();
    if (element->isSequence())
        return failure(tag, QStringLiteral("a sequence has no value that a script could read"));
    if (element->isInSource())
        return failure(tag, QStringLiteral("the value is too long to be read by a script"));
    const bool text = dicom::isString(element->vr()) || element->vr() == Vr::UN;
    return text ? readText(*element, characterSet) : Result<Value>(Value(readBinary(*element)));
}

Vr vrToWrite(const dicom::DataSet& holder, bool hasSignedPixels, dicom::Tag tag, const QString& creator,
             Writing writing)
{
    const Element* element = holder.find(tag);
    if (element && (element->vr() != Vr::UN || writing != Writing::Four))
        return element->vr();
    const auto* entry =
        element ? nullptr : dicom::find(tag, creator.isEmpty() ? holder.creatorOf(tag) : creator);
    if (entry && entry->vr != Vr::UN)
        return dicom::vrIn(hasSignedPixels, *entry);
    return writing == Writing::Six ? Vr::UN : Vr::LO;
}

Result<QByteArray> bytesToWrite(dicom::Tag tag, Vr vr, const Value& value,
                                const dicom::CharacterSet& characterSet, Writing writing)
{
    using Content = dicom::VrInfo::Content;
    const Content content = dicom::info(vr).content;
    if (content == Content::Items)
        return failure(tag, QStringLiteral("a sequence cannot be set by a script"));
    if (content == Content::Bytes && writing != Writing::Six)
        return failure(tag,
                       QStringLiteral("binary data (%1) cannot be set by a script").arg(dicom::name(vr)));
    if (content == Content::Bytes) {
        return dicom::padded(value.value_or(QString()).toUtf8(), dicom::Vr::OB);
    }
    if (!value || value->isEmpty())
        return QByteArray();
    if (content == Content::Tags && !isTags(*value))
        return failure(tag, QStringLiteral("a tag as a value is written as eight hex digits"));
    auto bytes = dicom::encodeValue(tag, vr, *value, characterSet);
    const bool blank = content == Content::Numbers && value->trimmed().isEmpty();
    // The reasons of encodeValue() quote the value, which may be a patient's.
    if (!bytes || blank)
        return failure(
            tag,
            content == Content::Numbers
                ? QStringLiteral("what is assigned is not a number that fits %1").arg(dicom::name(vr))
                : QStringLiteral("%1 cannot hold the characters that are assigned").arg(dicom::name(vr)));
    return bytes;
}

} // namespace script
