# The rooms of the source tree: one target for each folder, with the rooms it may use. docs/architecture.md has
# them as a table, which a test compares with the file that write_rooms() makes.

# add_room(FOLDER [USES FOLDER…] [LIBRARIES TARGET…] [PRIVATE_LIBRARIES TARGET…]) makes the static library of the
# sources below FOLDER, "core/dicom" as core_dicom. A source that includes a header of a room which is not named
# here fails to build.
function(add_room folder)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "USES;LIBRARIES;PRIVATE_LIBRARIES")
  string(REPLACE "/" "_" target ${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp ${CMAKE_SOURCE_DIR}/${folder}/*.h)
  add_library(${target} STATIC ${sources})
  string(REPLACE "/" "_" uses "${room_USES}")
  target_link_libraries(${target}
    PUBLIC project_options ${room_LIBRARIES} ${uses} PRIVATE ${room_PRIVATE_LIBRARIES})
  check_includes(${target} ${folder} "${sources}" ${folder} ${room_USES})
endfunction()

# check_includes(TARGET ROOM SOURCES FOLDER…): the sources include headers of these folders only, the room's own
# first.
function(check_includes target room sources)
  set(stamp ${CMAKE_BINARY_DIR}/rooms/${target}.checked)
  set(list ${CMAKE_BINARY_DIR}/rooms/${target}.cmake)
  file(CONFIGURE OUTPUT ${list} CONTENT "set(SOURCES \"${sources}\")\nset(FOLDERS \"${ARGN}\")\n" @ONLY)
  add_custom_command(OUTPUT ${stamp}
    COMMAND ${CMAKE_COMMAND} -DLIST=${list} -DROOT=${CMAKE_SOURCE_DIR} -DSTAMP=${stamp}
      -P ${CMAKE_SOURCE_DIR}/cmake/CheckIncludes.cmake
    DEPENDS ${sources} ${list} ${CMAKE_SOURCE_DIR}/cmake/CheckIncludes.cmake
    COMMENT "Checking what ${target} includes" VERBATIM)
  target_sources(${target} PRIVATE ${stamp})
  set(uses ${ARGN})
  list(POP_FRONT uses)
  string(JOIN " " line ${room} ${uses})
  set_property(GLOBAL APPEND_STRING PROPERTY rooms "${line}\n")
endfunction()

# The folder of each room and those that it may use, a line each, in rooms/table.
function(write_rooms)
  get_property(rooms GLOBAL PROPERTY rooms)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/rooms/table CONTENT "${rooms}" @ONLY)
endfunction()
