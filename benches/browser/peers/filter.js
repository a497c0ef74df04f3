"use strict";
// The filter that peers need which bring none: of rows as arrays.
peer.passes = (row, { search, least, most, land }) => {
  const people = row[peer.POPULATION];
  if ((least !== null && people < least) || (most !== null && people > most)) return false;
  if (land && row[peer.LAND] !== land) return false;
  return !search || peer.searched.some((it) => String(row[it.at] ?? "").toLowerCase().includes(search));
};
