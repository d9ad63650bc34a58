#include "core/sample/instance.h"

#include "core/dicom/new_uid.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace sample {

using dicom::DataSet;
using dicom::Vr;

QString uidFor(const QString& text)
{
    return dicom::uidOfNumber(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256));
}

QString padded(int number, int width)
{
    return QString::number(number).rightJustified(width, u'0');
}

void setPicture(DataSet& dataSet, const Picture& picture)
{
    const auto number = [&](quint32 tag, int value) {
        addElement(dataSet, tag, Vr::US, QString::number(value));
    };
    number(0x00280002, picture.isColour ? 3 : 1);
    addElement(dataSet, 0x00280004, Vr::CS, picture.isColour ? u"RGB"_s : u"MONOCHROME2"_s);
    if (picture.isColour)
        number(0x00280006, 0);
    if (picture.frames > 1)
        addElement(dataSet, 0x00280008, Vr::IS, QString::number(picture.frames));
    number(0x00280010, picture.rows);
    number(0x00280011, picture.columns);
    number(0x00280100, picture.bitsAllocated);
    number(0x00280101, picture.bitsStored);
    number(0x00280102, picture.bitsStored - 1);
    number(0x00280103, 0);
    dataSet.set(dicom::tags::PixelData, picture.bitsAllocated == 16 ? Vr::OW : Vr::OB, picture.pixels);
}

void setAxialPlane(DataSet& dataSet, double fieldOfView, int size, double position)
{
    const auto text = [](double value) { return QString::number(value, 'f', 4); };
    const double corner = -fieldOfView / 2;
    addElement(dataSet, 0x00200032, Vr::DS, u"%1\\%1\\%2"_s.arg(text(corner), text(position)));
    addElement(dataSet, 0x00200037, Vr::DS, u"1\\0\\0\\0\\1\\0"_s);
    addElement(dataSet, 0x00201041, Vr::DS, text(position));
    addElement(dataSet, 0x00280030, Vr::DS, u"%1\\%1"_s.arg(text(fieldOfView / size)));
}

} // namespace sample
