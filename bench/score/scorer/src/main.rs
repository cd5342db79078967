//! SSIMULACRA 2 of many pictures in one process.
//!
//! Standard input is a sequence of pictures: a byte that says what it is (`R`, the reference of what follows; `T`, to be
//! scored against it), width and height as 32 bits little-endian, and the pixels as RGBA of 8 bits, sRGB, straight alpha.
//! Standard output is a line for each of the latter: its score, or `error: ` and a reason.

use fast_ssim2::{PixelDescriptor, PixelSlice, Ssimulacra2Reference};
use std::io::{ErrorKind, Read, Result, Write, stdin, stdout};

struct Picture {
    kind: u8,
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

fn main() -> Result<()> {
    let mut input = stdin().lock();
    let mut output = stdout().lock();
    let mut reference = Err("no reference".to_string());
    while let Some(picture) = read_picture(&mut input)? {
        if picture.kind == b'R' {
            reference = view(&picture)
                .and_then(|it| Ssimulacra2Reference::new(&it).map_err(|e| e.to_string()));
            continue;
        }
        match score(&reference, &picture) {
            Ok(score) => writeln!(output, "{score}")?,
            Err(reason) => writeln!(output, "error: {reason}")?,
        }
        output.flush()?;
    }
    Ok(())
}

fn score(
    reference: &std::result::Result<Ssimulacra2Reference, String>,
    test: &Picture,
) -> std::result::Result<f64, String> {
    reference
        .as_ref()
        .map_err(String::clone)?
        .compare(&view(test)?)
        .map_err(|e| e.to_string())
}

/// Opaque pictures are told apart from others: only those with transparency are scored on a dark and on a light ground.
fn view(picture: &Picture) -> std::result::Result<PixelSlice<'_>, String> {
    let is_opaque = picture.pixels.chunks_exact(4).all(|pixel| pixel[3] == 255);
    let descriptor = if is_opaque {
        PixelDescriptor::RGBX8_SRGB
    } else {
        PixelDescriptor::RGBA8_SRGB
    };
    PixelSlice::new(
        &picture.pixels,
        picture.width,
        picture.height,
        picture.width as usize * 4,
        descriptor,
    )
    .map_err(|e| e.to_string())
}

/// The next picture; nothing at the end of the input.
fn read_picture(input: &mut impl Read) -> Result<Option<Picture>> {
    let mut header = [0; 9];
    match input.read_exact(&mut header) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let number = |at: usize| {
        u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    let (width, height) = (number(1), number(5));
    let mut pixels = vec![0; width as usize * height as usize * 4];
    input.read_exact(&mut pixels)?;
    Ok(Some(Picture {
        kind: header[0],
        width,
        height,
        pixels,
    }))
}
