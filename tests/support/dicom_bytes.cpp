#include "tests/support/dicom_bytes.h"

#include "tests/support/data_set_text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

namespace testing_support {

namespace {

using dicom::Element;
using dicom::Vr;

template <typename Number>
void append(QByteArray& bytes, Number number)
{
    const Number little = qToLittleEndian(number);
    bytes.append(reinterpret_cast<const char*>(&little), sizeof little);
}

bool hasLongForm(Vr vr)
{
    static const QList<Vr> list{Vr::OB, Vr::OD, Vr::OF, Vr::OL, Vr::OV, Vr::OW, Vr::SQ,
                                Vr::SV, Vr::UC, Vr::UN, Vr::UR, Vr::UT, Vr::UV};
    return list.contains(vr);
}

QByteArray itemBytes(const Element& sequence)
{
    QByteArray bytes;
    for (const dicom::DataSet& item : sequence.items()) {
        const QByteArray content = dataSetBytes(item);
        append<quint16>(bytes, 0xFFFE);
        append<quint16>(bytes, 0xE000);
        append<quint32>(bytes, static_cast<quint32>(content.size()));
        bytes += content;
    }
    return bytes;
}

} // namespace

QByteArray dataSetBytes(const dicom::DataSet& dataSet)
{
    QByteArray bytes;
    for (const auto& element : dataSet) {
        const QByteArray value = element->isSequence() ? itemBytes(*element) : element->bytes();
        append<quint16>(bytes, element->tag().group);
        append<quint16>(bytes, element->tag().element);
        bytes += dicom::name(element->vr()).data();
        if (hasLongForm(element->vr())) {
            append<quint16>(bytes, 0);
            append<quint32>(bytes, static_cast<quint32>(value.size()));
        } else {
            append<quint16>(bytes, static_cast<quint16>(value.size()));
        }
        bytes += value;
    }
    return bytes;
}

QByteArray dicomBytes(const dicom::DataSet& content, const QString& transferSyntax)
{
    dicom::DataSet meta =
        dataSet(QStringLiteral("(0002,0001) OB 00 01\n(0002,0002) UI %1\n(0002,0003) UI %2\n"
                               "(0002,0010) UI %3\n(0002,0012) UI 1.2.3")
                    .arg(QString::fromLatin1(content.bytes(dicom::tags::SOPClassUID)),
                         QString::fromLatin1(content.bytes(dicom::tags::SOPInstanceUID)), transferSyntax));
    QByteArray length;
    append(length, static_cast<quint32>(dataSetBytes(meta).size()));
    meta.set(dicom::tags::FileMetaInformationGroupLength, Vr::UL, length);
    return QByteArray(128, '\0') + "DICM" + dataSetBytes(meta) + dataSetBytes(content);
}

QString writeFile(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

QByteArray readBytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

dicom::DataSet ctImage(int study, int series, int instance, const QString& patientName)
{
    auto image =
        dataSet(QStringLiteral("(0008,0016) UI 1.2.840.10008.5.1.4.1.1.2\n(0008,0018) UI 1.2.9.%1.%2.%3\n"
                               "(0008,0020) DA 20140129\n(0008,0050) SH A%1\n(0008,0060) CS CT\n"
                               "(0008,1030) LO CT Chest\n(0008,103E) LO Lung %2\n(0010,0010) PN %4\n"
                               "(0010,0020) LO MRN1\n(0019,0010) LO ACME\n(0019,1001) LO private\n"
                               "(0020,000D) UI 1.2.9.%1\n(0020,000E) UI 1.2.9.%1.%2\n(0020,0011) IS %2\n"
                               "(0020,0013) IS %3\n(0028,0010) US 4\n(0028,0011) US 4\n"
                               "(0040,0275)[0]/(0010,0010) PN %4")
                    .arg(study)
                    .arg(series)
                    .arg(instance)
                    .arg(patientName));
    QByteArray pixels(32, '\0');
    pixels[0] = static_cast<char>(instance);
    image.set(dicom::tags::PixelData, Vr::OW, pixels);
    return image;
}

} // namespace testing_support
