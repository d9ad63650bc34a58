#include "core/dicom/value.h"

#include "core/dicom/number_text.h"

#include <QLocale>
#include <QRegularExpression>
#include <algorithm>

namespace dicom {

namespace {

using Content = VrInfo::Content;

constexpr qsizetype cellLength = 120;

QByteArray withoutPadding(QByteArray bytes)
{
    while (bytes.endsWith(' ') || bytes.endsWith('\0'))
        bytes.chop(1);
    return bytes;
}

bool isPrintable(const QByteArray& bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code >= 0x20 && code != 0x7F) || c == '\t' || c == '\r' || c == '\n';
    });
}

bool hasHighBytes(const QByteArray& bytes)
{
    return std::any_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
}

bool isPlainAscii(const QByteArray& bytes)
{
    return !hasHighBytes(bytes) && !bytes.contains('\x1b');
}

QString bytesText(const Element& element, const QByteArray& bytes, const CharacterSet& characterSet)
{
    const QByteArray text = withoutPadding(bytes);
    if (!text.isEmpty() && (element.vr() == Vr::UN || element.vr() == Vr::OB) && isPrintable(text)) {
        bool damaged = false;
        const QString decoded = characterSet.decode(text, Vr::LT, &damaged);
        if (!hasHighBytes(text) || !damaged)
            return decoded;
    }
    return QString::fromLatin1(bytes.toHex(' ').toUpper());
}

QString sizeText(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

QString sourceText(const Element& element)
{
    const SourceValue& source = *element.source();
    const QString what =
        element.tag() == tags::PixelData ? QStringLiteral("pixel data") : QStringLiteral("binary");
    return QStringLiteral("%1, %2%3%4")
        .arg(what, sizeText(source.length), source.encapsulated ? QStringLiteral(", compressed") : QString(),
             source.blanked.empty() ? QString() : QStringLiteral(", partly blanked"));
}

QString countText(qint64 count)
{
    return count == 1 ? QStringLiteral("1 item") : QStringLiteral("%1 items").arg(count);
}

Error invalid(const QString& reason)
{
    return {Error::Kind::InvalidValue, reason};
}

bool isHexBytes(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("^[0-9A-Fa-f]{2}( [0-9A-Fa-f]{2})*$"));
    return pattern.match(text.trimmed()).hasMatch();
}

Result<QByteArray> encodeText(Vr vr, const QString& text, const CharacterSet& characterSet)
{
    QString offending;
    const auto bytes = characterSet.encode(text, vr, &offending);
    if (!bytes)
        return invalid(QStringLiteral("the character set of the file cannot hold “%1”").arg(offending));
    return padded(*bytes, vr);
}

Result<QByteArray> encodeNumbers(const NumberCode& code, const QString& text)
{
    QByteArray bytes;
    if (text.trimmed().isEmpty())
        return bytes;
    for (const QString& value : text.split(u'\\'))
        if (!code.write(value.trimmed(), bytes))
            return invalid(
                code.vr == Vr::AT
                    ? QStringLiteral("“%1” is not a tag; write it as (gggg,eeee)").arg(value)
                    : QStringLiteral("“%1” is not a number that fits %2").arg(value, QString(name(code.vr))));
    return bytes;
}

Result<QByteArray> encodeBytes(Vr vr, const QString& text, const CharacterSet& characterSet)
{
    const bool hex = isHexBytes(text);
    if (text.isEmpty())
        return QByteArray();
    if (vr == Vr::UN && !(hex && text.contains(u' ')))
        return encodeText(Vr::UT, text, characterSet);
    if (!hex)
        return invalid(
            QStringLiteral("bytes are written as two hex digits each, separated by blanks: 0A FF"));
    QByteArray bytes = QByteArray::fromHex(text.toLatin1());
    if (bytes.size() % info(vr).unitSize)
        return invalid(
            QStringLiteral("%1 takes whole units of %2 bytes").arg(QString(name(vr))).arg(info(vr).unitSize));
    return padded(std::move(bytes), Vr::OB);
}

} // namespace

CharacterSet characterSetOf(const DataSet& dataSet, const CharacterSet& inherited)
{
    const Element* declared = dataSet.find(tags::SpecificCharacterSet);
    return declared ? CharacterSet::fromValue(declared->bytes()) : inherited;
}

QString valueText(const Element& element, const CharacterSet& characterSet, qsizetype limit)
{
    if (element.isSequence())
        return countText(element.length());
    if (element.isInSource())
        return sourceText(element);
    QByteArray bytes = element.bytes();
    if (limit > 0 && bytes.size() > limit)
        bytes.truncate(limit - limit % 8);
    if (element.vr() == Vr::SS && isLutDescriptor(element.tag()))
        return descriptorTexts(bytes).join(u'\\');
    if (const NumberCode* code = numberCode(element.vr()))
        return code->read(bytes).join(u'\\');
    if (!isString(element.vr()))
        return bytesText(element, bytes, characterSet);
    return characterSet.decode(withoutPadding(std::move(bytes)), element.vr());
}

QString shortText(const Element& element, const CharacterSet& characterSet)
{
    QString text = valueText(element, characterSet, 4 * cellLength);
    if (element.isSequence() || element.isInSource())
        return text;
    const bool whole = element.bytes().size() <= 4 * cellLength;
    text.replace(QStringLiteral("\r\n"), QStringLiteral(" ⏎ "));
    for (QChar& c : text)
        if (c.category() == QChar::Other_Control)
            c = c == u'\n' || c == u'\r' ? QChar(u'⏎') : QChar(u' ');
    if (whole && text.size() <= cellLength)
        return text;
    return QStringLiteral("%1… (%2)").arg(text.left(cellLength), sizeText(element.bytes().size()));
}

bool isDoubtfulText(const Element& element, const CharacterSet& characterSet)
{
    if (!isString(element.vr()) || isPlainAscii(element.bytes()))
        return false;
    bool damaged = false;
    (void)characterSet.decode(element.bytes(), element.vr(), &damaged);
    return damaged;
}

QByteArray comparable(const Element& element, const CharacterSet& characterSet)
{
    if (!isString(element.vr()))
        return element.bytes();
    if (!isPlainAscii(element.bytes()))
        return valueText(element, characterSet).toUtf8();
    QByteArray bytes = element.bytes();
    while (bytes.endsWith(' ') || bytes.endsWith('\0'))
        bytes.chop(1);
    return bytes;
}

bool saysTheSame(const Element& a, const CharacterSet& aIn, const Element& b, const CharacterSet& bIn)
{
    if (a == b && (aIn == bIn || !isString(a.vr()) || isPlainAscii(a.bytes())))
        return true;
    const bool arePlain = !a.isSequence() && !b.isSequence() && !a.isInSource() && !b.isInSource();
    return arePlain && isString(a.vr()) && isString(b.vr()) && comparable(a, aIn) == comparable(b, bIn);
}

Result<QByteArray> encodeValue(Vr vr, const QString& text, const CharacterSet& characterSet)
{
    if (vr == Vr::SQ)
        return invalid(
            QStringLiteral("a sequence has no value of its own; edit the attributes in its items"));
    if (const NumberCode* code = numberCode(vr))
        return encodeNumbers(*code, text);
    return isString(vr) ? encodeText(vr, text, characterSet) : encodeBytes(vr, text, characterSet);
}

Result<QByteArray> encodeValue(Tag tag, Vr vr, const QString& text, const CharacterSet& characterSet)
{
    const bool isSigned = vr == Vr::SS && isLutDescriptor(tag);
    return encodeValue(vr, isSigned ? signedDescriptor(text) : text, characterSet);
}

bool isLutDescriptor(Tag tag)
{
    constexpr Tag lutDescriptor{0x0028, 0x3002};
    constexpr Tag grayPalette{0x0028, 0x1100};
    constexpr Tag bluePalette{0x0028, 0x1103};
    return tag == lutDescriptor || (tag >= grayPalette && tag <= bluePalette);
}

bool needsOtherCharacterSet(Vr vr, const QString& text, const CharacterSet& characterSet)
{
    return info(vr).content == Content::Text && !characterSet.encode(text, vr);
}

} // namespace dicom
