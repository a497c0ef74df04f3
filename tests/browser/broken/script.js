"use strict";
localStorage.setItem("trace", "1");
document.querySelector(".for-scripts").style.display = "block";
new Image().src = "http://example.org/pixel.png";
throw new Error("thrown by the script");
