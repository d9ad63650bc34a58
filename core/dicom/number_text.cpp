#include "core/dicom/number_text.h"

#include "core/dicom/tag.h"

#include <QtEndian>
#include <charconv>
#include <cmath>
#include <limits>

namespace dicom {

namespace {

template <typename Number>
QString numberText(Number value)
{
    if constexpr (std::is_integral_v<Number>) {
        return QString::number(value);
    } else {
        char buffer[64];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
        return QString::fromLatin1(buffer, end - buffer);
    }
}

template <typename Number>
QStringList numberTexts(const QByteArray& bytes)
{
    QStringList texts;
    for (qsizetype at = 0; at + qsizetype(sizeof(Number)) <= bytes.size(); at += qsizetype(sizeof(Number)))
        texts << numberText(qFromLittleEndian<Number>(bytes.constData() + at));
    return texts;
}

QStringList tagTexts(const QByteArray& bytes)
{
    QStringList texts;
    for (qsizetype at = 0; at + 4 <= bytes.size(); at += 4)
        texts << toString(Tag{qFromLittleEndian<quint16>(bytes.constData() + at),
                              qFromLittleEndian<quint16>(bytes.constData() + at + 2)});
    return texts;
}

template <typename Number>
bool appendNumber(const QString& text, QByteArray& bytes)
{
    Number value{};
    bool ok = false;
    if constexpr (std::is_floating_point_v<Number>) {
        value = static_cast<Number>(text.toDouble(&ok));
        ok = ok && std::isfinite(value);
    } else if constexpr (std::is_signed_v<Number>) {
        const qint64 wide = text.toLongLong(&ok);
        ok = ok && wide >= std::numeric_limits<Number>::min() && wide <= std::numeric_limits<Number>::max();
        value = static_cast<Number>(wide);
    } else {
        const quint64 wide = text.toULongLong(&ok);
        ok = ok && wide <= std::numeric_limits<Number>::max();
        value = static_cast<Number>(wide);
    }
    const Number little = qToLittleEndian(value);
    bytes.append(reinterpret_cast<const char*>(&little), sizeof little);
    return ok;
}

bool appendTag(const QString& text, QByteArray& bytes)
{
    const auto tag = parseTag(text);
    return tag && appendNumber<quint16>(QString::number(tag->group), bytes)
        && appendNumber<quint16>(QString::number(tag->element), bytes);
}

constexpr NumberCode numberCodes[] = {
    {Vr::AT, tagTexts, appendTag},
    {Vr::FD, numberTexts<double>, appendNumber<double>},
    {Vr::FL, numberTexts<float>, appendNumber<float>},
    {Vr::SL, numberTexts<qint32>, appendNumber<qint32>},
    {Vr::SS, numberTexts<qint16>, appendNumber<qint16>},
    {Vr::SV, numberTexts<qint64>, appendNumber<qint64>},
    {Vr::UL, numberTexts<quint32>, appendNumber<quint32>},
    {Vr::US, numberTexts<quint16>, appendNumber<quint16>},
    {Vr::UV, numberTexts<quint64>, appendNumber<quint64>},
};

/// Of SS values of the descriptor of a lookup table: what is written as unsigned.
bool isUnsignedPlace(qsizetype index)
{
    return index != 1;
}

} // namespace

const NumberCode* numberCode(Vr vr)
{
    for (const NumberCode& code : numberCodes)
        if (code.vr == vr)
            return &code;
    return nullptr;
}

QStringList descriptorTexts(const QByteArray& bytes)
{
    QStringList texts = numberTexts<qint16>(bytes);
    const QStringList asUnsigned = numberTexts<quint16>(bytes);
    for (qsizetype i = 0; i < texts.size(); ++i)
        if (isUnsignedPlace(i))
            texts[i] = asUnsigned[i];
    return texts;
}

QString signedDescriptor(const QString& text)
{
    QStringList values = text.split(u'\\');
    for (qsizetype i = 0; i < values.size(); ++i) {
        bool isNumber = false;
        const uint value = values[i].trimmed().toUInt(&isNumber);
        if (isNumber && isUnsignedPlace(i) && value <= std::numeric_limits<quint16>::max())
            values[i] = QString::number(static_cast<qint16>(value));
    }
    return values.join(u'\\');
}

} // namespace dicom
